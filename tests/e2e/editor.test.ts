import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newHome, removeHome } from "../helpers/program/home.ts";
import { moodsyncBin, runMoodsync } from "../helpers/program/moodsync.ts";
import { startOnTerminal } from "../helpers/terminal/pty.ts";

let home: string;
beforeEach(() => {
  home = newHome();
});
afterEach(() => removeHome(home));

/** Somebody's editor: a shell script that is given the file as $1. */
function editorThat(script: string): Record<string, string> {
  const path = join(home, "editor.sh");
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o700);
  return { VISUAL: path };
}

async function open(args: string[], env: Record<string, string>, typed = "") {
  const program = startOnTerminal(args, { home, columns: 250, rows: 30, env });
  if (typed) {
    await program.waitFor("[y/N]");
    program.type(typed);
  }
  const { code } = await program.ended;
  return { code, screen: program.screen.text() };
}

const moods = async () => JSON.parse((await runMoodsync(["list", "--json"], { home })).stdout);
const drafts = () =>
  readdirSync(home, { recursive: true, encoding: "utf8" }).filter((name) =>
    /draft\.txt$|edit-.*\.txt$/.test(name),
  );

test("a note is written in the editor, in a file for its owner alone that is gone when it is stored", async () => {
  const env = editorThat('stat -c %a "$1" > mode; printf "slept well\\n# and long\\n" > "$1"');
  expect(await open(["4", "-e"], env)).toMatchObject({
    code: 0,
    screen: expect.stringContaining("Logged mood 4"),
  });
  expect(await moods()).toMatchObject([{ value: 4, note: "slept well\n# and long" }]);
  expect(readFileSync(join(home, "mode"), "utf8")).toBe("600\n");
  expect(drafts()).toEqual([]);
});

test("an editor that fails keeps what was written and names it, and --recover takes it", async () => {
  const failed = await open(["4", "-e"], editorThat('echo "half a note" > "$1"; exit 3'));
  expect(failed).toMatchObject({ code: 1, screen: expect.stringContaining("moodsync log mood 4 --recover") });
  const [draft] = drafts();
  expect(failed.screen.replaceAll("\n", "")).toContain(draft);
  expect(statSync(join(home, draft!)).mode & 0o777).toBe(0o600);
  expect(await moods()).toEqual([]);
  const refused = await open(["3", "-e"], editorThat('echo "another" > "$1"'));
  expect(refused).toMatchObject({ code: 2, screen: expect.stringContaining("was written before waits") });
  await runMoodsync(["log", "mood", "4", "--recover"], { home });
  expect(await moods()).toMatchObject([{ value: 4, note: "half a note" }]);
  expect(drafts()).toEqual([]);
});

test("what cannot be stored is kept and named", async () => {
  await runMoodsync(["log", "mood", "4", "-a", "running"], { home });
  const { code, screen } = await open(["4", "-e", "-a", "runing"], editorThat('echo "a note" > "$1"'));
  expect({ code, screen }).toEqual({ code: 2, screen: expect.stringContaining("What you wrote is in") });
  expect(drafts()).toHaveLength(1);
});

test("an empty file stores nothing, and says how an editor in a window waits", async () => {
  const { code, screen } = await open(["4", "-e"], editorThat("exit 0"));
  expect({ code, screen }).toEqual({ code: 1, screen: expect.stringContaining('VISUAL="code --wait"') });
  expect([await moods(), drafts()]).toEqual([[], []]);
});

test("what an editor wrote before the program was killed waits", async () => {
  const env = editorThat('echo "nearly lost" > "$1"; touch written; sleep 30');
  const program = startOnTerminal(["4", "-e"], { home, columns: 80, rows: 24, env });
  while (!existsSync(join(home, "written"))) await new Promise((resolve) => setTimeout(resolve, 20));
  program.kill();
  await program.ended.catch(() => {});
  await runMoodsync(["log", "mood", "4", "--recover"], { home });
  expect(await moods()).toMatchObject([{ note: "nearly lost" }]);
});

test("without a terminal there is no editor", async () => {
  const { code, stderr } = await runMoodsync(["log", "mood", "4", "-e"], { home, env: { VISUAL: "true" } });
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("An editor needs a terminal."),
  });
});

test("edit alone opens the entry as a form, and what is wrong in it is offered again", async () => {
  await runMoodsync(["log", "mood", "4", "-a", "run,work", "-n", "slept\nwell"], { home });
  const env = editorThat(
    'if grep -q "value: 9" "$1"; then sed -i "s/value: 9/value: 2/" "$1"; else sed -i "s/value: 4/value: 9/; s/activity: work/activity: swim/; s/^well/# badly/" "$1"; fi',
  );
  const { code, screen } = await open(["edit", "@last"], env, "y\r");
  expect({ code, screen }).toEqual({ code: 0, screen: expect.stringContaining("Changed mood 2 (bad)") });
  expect(screen).toContain("The mood must be a whole number from 1 to 5.");
  const [mood] = await moods();
  expect(mood).toMatchObject({ value: 2, note: "slept\n# badly" });
  const activities = JSON.parse((await runMoodsync(["activity", "list", "--json"], { home })).stdout);
  const labels = new Map(activities.map(({ id, label }: { id: string; label: string }) => [id, label]));
  expect(mood.activities.map((id: string) => labels.get(id))).toEqual(["run", "swim"]);
  expect(drafts()).toEqual([]);
});

test("a form that is closed as it was changes nothing, and one that is given up is kept", async () => {
  await runMoodsync(["log", "mood", "4"], { home });
  const before = await moods();
  expect(await open(["edit", "@last"], editorThat("exit 0"))).toMatchObject({
    code: 0,
    screen: expect.stringContaining("Nothing was changed."),
  });
  expect([await moods(), drafts()]).toEqual([before, []]);
  const given = await open(["edit", "@last"], editorThat('sed -i "s/^value.*/nonsense/" "$1"'), "n\r");
  expect(given).toMatchObject({ code: 2, screen: expect.stringContaining("--recover") });
  expect([await moods(), drafts().length]).toEqual([before, 1]);
});

test("a form leaves the line endings of a note that was not changed", async () => {
  await runMoodsync(["log", "mood", "4", "-n", "slept\r\nwell\r\n"], { home });
  expect(await moods()).toMatchObject([{ note: "slept\r\nwell\r\n" }]);
  await open(["edit", "@last"], editorThat('sed -i "s/value: 4/value: 2/" "$1"'));
  expect(await moods()).toMatchObject([{ value: 2, note: "slept\r\nwell\r\n" }]);
  await open(["edit", "@last"], editorThat('sed -i "s/value: 2/value: 3/; s/\\r//" "$1"'));
  expect(await moods()).toMatchObject([{ value: 3, note: "slept\r\nwell\r\n" }]);
  await open(["edit", "@last"], editorThat('sed -i "s/well/badly/" "$1"'));
  expect(await moods()).toMatchObject([{ note: "slept\nbadly" }]);
});

/** Begins to edit the last entry in a form, and leaves what was written as a draft. */
async function leaveForm(script: string): Promise<void> {
  await open(["edit", "@last"], editorThat(`${script}; exit 3`));
  expect(drafts()).toHaveLength(1);
}

test("a form that is taken up again changes what was written in it, and nothing that was changed since", async () => {
  await runMoodsync(["log", "mood", "4", "-n", "slept"], { home });
  await leaveForm('sed -i "s/^slept/slept well/" "$1"');
  await runMoodsync(["edit", "@last", "--value", "2", "-a", "run"], { home });
  expect(await open(["edit", "@last", "--recover"], editorThat("exit 0"))).toMatchObject({ code: 0 });
  expect(await moods()).toMatchObject([{ value: 2, note: "slept well", activities: [expect.any(String)] }]);
  expect(drafts()).toEqual([]);
});

test("where both changed the same field it says so, and stores the form when it is saved once more", async () => {
  await runMoodsync(["log", "mood", "4", "-n", "slept"], { home });
  await leaveForm('sed -i "s/^slept/slept well/" "$1"');
  await runMoodsync(["edit", "@last", "-n", "slept badly"], { home });
  const refused = await open(["edit", "@last", "--recover"], editorThat("exit 0"), "n\r");
  expect(refused).toMatchObject({
    code: 2,
    screen: expect.stringContaining("in what the form changes, too: note. Nothing was stored."),
  });
  expect(await moods()).toMatchObject([{ note: "slept badly" }]);
  expect(await open(["edit", "@last", "--recover"], editorThat("exit 0"))).toMatchObject({ code: 0 });
  expect(await moods()).toMatchObject([{ note: "slept well" }]);
  expect(drafts()).toEqual([]);
});

test("a form without its version is not stored over what it may not know of", async () => {
  await runMoodsync(["log", "mood", "4", "-n", "slept"], { home });
  await leaveForm('sed -i "/^# Version/d; s/^slept/slept well/" "$1"');
  const refused = await open(["edit", "@last", "--recover"], editorThat("exit 0"), "n\r");
  expect(refused).toMatchObject({
    code: 2,
    screen: expect.stringContaining("too: note. Nothing was stored."),
  });
});

test("a form is of the entry that it was opened on, whatever is logged meanwhile", async () => {
  await runMoodsync(["log", "mood", "4", "--at", "2026-01-02 09:00"], { home });
  const log = `MOODSYNC_HOME="${home}" "${process.execPath}" "${moodsyncBin()}" log mood 1`;
  await open(["edit", "@last"], editorThat(`${log}; sed -i "s/value: 4/value: 5/" "$1"`));
  expect((await moods()).map(({ value }: { value: number }) => value)).toEqual([1, 5]);
});

test("a form goes when its entry is deleted", async () => {
  await runMoodsync(["log", "mood", "4", "-n", "slept"], { home });
  await leaveForm('sed -i "s/^slept/slept well/" "$1"');
  await runMoodsync(["delete", "@last", "--yes"], { home });
  expect(drafts()).toEqual([]);
});

test("a draft that is taken up after a month stays where it cannot be stored", async () => {
  await runMoodsync(["log", "mood", "3", "-a", "running"], { home });
  await open(["4", "-e"], editorThat('echo "half a note" > "$1"; exit 3'));
  utimesSync(join(home, drafts()[0]!), 1, 1);
  const { code } = await runMoodsync(["log", "mood", "4", "-a", "runing", "--recover"], { home });
  expect([code, drafts().length]).toEqual([2, 1]);
  await runMoodsync(["log", "mood", "4", "--recover"], { home });
  expect(await moods()).toContainEqual(expect.objectContaining({ note: "half a note" }));
});
