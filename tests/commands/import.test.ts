import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createDevice, type Device } from "../helpers/device/device.ts";
import { fixture } from "../helpers/imports/read-import.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import { hiddenInOutput } from "../helpers/terminal/hostile-text.ts";

const DAYLIO = fixture("daylio-csv/en-8-columns.csv");
const BROKEN = fixture("daylio-csv/broken.csv");
const HEADING = "full_date,date,weekday,time,mood,activities,note_title,note\n";

const moodsOf = async (device: Device) => (await device.json(["export"])).entities.mood_entries;
const databaseOf = ({ home }: Device) => readFileSync(join(home, "moodsync.db"));
const written = (text: string | Buffer, name = "file.csv") => {
  const file = join(temporaryDirectory("import"), name);
  writeFileSync(file, text);
  return file;
};

test("stores what is new once, with ids that another device gives, too", async () => {
  const [first, second] = [createDevice(), createDevice()];
  const report = await first.json(["import", DAYLIO, "--yes"]);
  expect(report).toMatchObject({
    status: "ok",
    format: "daylio-csv",
    entries: { new: 5, duplicate: 0, changed: 0 },
    activities: { new: 7 },
    problems: [],
    assumed: { zone: "Europe/Berlin" },
    batch: expect.any(Number),
  });
  expect(await first.json(["import", DAYLIO, "--yes"])).toMatchObject({
    entries: { new: 0, duplicate: 5, changed: 0 },
    batch: null,
  });
  await second.json(["import", DAYLIO, "--yes"]);
  const ids = async (device: Device) => (await moodsOf(device)).map(({ id }: { id: string }) => id);
  expect(await ids(second)).toEqual(await ids(first));
});

test("equal rows stay, those of a longer export are added, and those of one pasted behind it are not", async () => {
  const device = createDevice();
  const row = '2025-03-03,x,x,20:00,good,"work","","same"\n';
  const counts = async (text: string) => (await device.json(["import", written(text), "--yes"])).entries;
  expect(await counts(HEADING + row + row)).toMatchObject({ new: 2 });
  expect(await counts(HEADING + row + row + row)).toMatchObject({ new: 1, duplicate: 2 });
  expect(await counts(`${HEADING}${row}${row}${HEADING}${row}${row}${row}`)).toMatchObject({
    new: 0,
    duplicate: 5,
  });
});

test("what was edited or deleted here since stays so", async () => {
  const device = createDevice();
  await device.json(["import", DAYLIO, "--yes"]);
  const [edited, deleted] = await moodsOf(device);
  await device.json(["edit", edited.id, "--note", "mine"]);
  await device.json(["delete", deleted.id, "--yes"]);
  expect(await device.json(["import", DAYLIO, "--yes"])).toMatchObject({ entries: { new: 0, duplicate: 5 } });
  expect(await moodsOf(device)).toHaveLength(4);
  expect((await device.json(["show", edited.id])).note).toBe("mine");
});

test("undo takes a whole batch back, and the file can be imported again", async () => {
  const device = createDevice();
  const { batch } = await device.json(["import", DAYLIO, "--yes"]);
  await device.json(["log", "mood", "4", "-a", "garden"]);
  expect(await device.json(["import", "undo"])).toEqual({
    batch,
    kept: 0,
    entries: 5,
    assessments: 0,
    activities: 6,
    schedules: 0,
  });
  expect(await moodsOf(device)).toHaveLength(1);
  expect((await device.json(["activity", "list"])).map(({ label }: { label: string }) => label)).toEqual([
    "garden",
  ]);
  expect((await device.run(["import", "undo"])).code).toBe(3);
  expect(await device.json(["import", DAYLIO, "--yes"])).toMatchObject({ entries: { new: 5, duplicate: 0 } });
  expect(await moodsOf(device)).toHaveLength(6);
});

test("undo keeps what was edited since, with its activities, and says how much; an earlier import can be chosen", async () => {
  const device = createDevice();
  const { batch } = await device.json(["import", DAYLIO, "--yes"]);
  const edited = (await moodsOf(device)).find(
    ({ activities }: { activities: string[] }) => activities.length > 0,
  );
  await device.json(["edit", edited.id, "--note", "mine"]);
  const sheet = written("date,mood\n2025-01-01,4\n");
  const later = await device.json(["import", sheet, "--yes"]);
  expect(await device.json(["import", "undo", "--list"])).toMatchObject([
    { batch: later.batch, changed: 1 },
    { batch, changed: 12 },
  ]);
  const { stdout, stderr } = await device.run(["import", "undo", String(batch)]);
  expect(stdout).toMatch(/^Took back 4 moods, \d activit(y|ies) of the import of Sun 22 Nov \d\d:\d\d\.\n$/);
  expect(stderr).toContain("Kept 1 entry that was edited since");
  const left = await moodsOf(device);
  expect(left).toHaveLength(2);
  expect(left).toContainEqual(expect.objectContaining({ id: edited.id, note: "mine" }));
  expect((await device.json(["activity", "list"])).length).toBe(edited.activities.length);
  expect((await device.run(["import", "undo", String(batch)])).code).toBe(3);
  await device.json(["redo"]);
  expect(await moodsOf(device)).toHaveLength(6);
});

test("redo brings an import back", async () => {
  const device = createDevice();
  await device.json(["import", DAYLIO, "--yes"]);
  await device.json(["import", "undo"]);
  await device.json(["redo"]);
  expect(await moodsOf(device)).toHaveLength(5);
});

test("one problem keeps everything out, and --skip-bad only what it concerns", async () => {
  const device = createDevice();
  const refused = await device.run(["import", BROKEN, "--yes", "--json"]);
  expect({ code: refused.code, ...JSON.parse(refused.stdout) }).toMatchObject({
    code: 2,
    status: "refused",
    problems: [{ line: 3, code: "unknown_mood" }, { line: 4 }, { line: 5 }, { line: 6 }],
    unmapped: { glimmering: 1 },
    batch: null,
    error: { code: "invalid_input", message: "4 places of the file cannot be stored, so nothing was." },
  });
  expect(existsSync(join(device.home, "moodsync.db"))).toBe(false);
  const partial = await device.run(["import", BROKEN, "--yes", "--skip-bad"]);
  expect(partial).toMatchObject({ code: 5, stdout: expect.stringContaining("Stored 1 mood, 1 activity.") });
  expect(partial.stderr).toContain("line 4: The row has no mood.");
  expect(await moodsOf(device)).toHaveLength(1);
});

test("a dry run stores nothing and makes nothing", async () => {
  const device = createDevice();
  const { code, stdout } = await device.run(["import", DAYLIO, "--dry-run"]);
  expect(code).toBe(0);
  expect(stdout).toBe(`Daylio, CSV · 6 Jun to 9 Jun 2024

new      5 moods
assumed  times of Europe/Berlin

mood 5 (great) · Sun 9 Jun 2024 22:20 · garden, neighbours, ice cream ≡
mood 3 (meh) · Sun 9 Jun 2024 00:05 · late train ≡
mood 4 (good) · Sat 8 Jun 2024 12:00 · market, cooking ≡
`);
  expect(readdirSync(device.home)).toEqual([]);
});

test("it asks on a terminal, and where nobody can be asked it wants --yes", async () => {
  const device = createDevice();
  const no = await device.run(["import", DAYLIO], { terminal: true, input: "n\n" });
  expect(no).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Store 5 moods? [y/N] Nothing was stored."),
  });
  expect(readdirSync(device.home)).toEqual([]);
  expect(await device.run(["import", DAYLIO])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--yes"),
  });
  expect((await device.run(["import", DAYLIO], { terminal: true, input: "y\n" })).code).toBe(0);
  expect(await moodsOf(device)).toHaveLength(5);
});

test("a copy of the database is made before, and none where nothing is stored", async () => {
  const device = createDevice();
  await device.json(["log", "mood", "4"]);
  await device.json(["import", DAYLIO, "--yes"]);
  const copies = () => readdirSync(join(device.home, "backups"));
  expect(copies()).toEqual([expect.stringMatching(/before-import\.db$/)]);
  await device.json(["import", DAYLIO, "--yes"]);
  expect(copies()).toHaveLength(1);
});

test("an export comes back as it is, to the byte, also with what was deleted", async () => {
  const [from, to, live] = [createDevice(), createDevice(), createDevice()];
  await from.json(["log", "mood", "4", "-a", "run,swim", "-n", "a \u0085 b\r\n=1+1"]);
  await from.json(["log", "mood", "2"]);
  await from.json(["log", "assessment", "gad7", "--answers", "1,0,2,1,0,1,1"]);
  await from.json(["schedule", "add", "gad7", "monthly"]);
  await from.json(["activity", "merge", "swim", "run"]);
  await from.json(["delete", (await from.json(["list"]))[0].id, "--yes"]);
  for (const [device, args] of [
    [to, ["--deleted"]],
    [live, []],
    [createDevice(), ["--format", "jsonl", "--deleted"]],
    [createDevice(), ["--format", "jsonl"]],
  ] as const) {
    const exported = (await from.run(["export", ...args])).stdout;
    device.nowMs += 5000;
    await device.json(["import", written(exported), "--yes"]);
    expect((await device.run(["export", ...args])).stdout).toBe(exported);
    expect(await device.json(["import", written(exported), "--yes"])).toMatchObject({
      entries: { new: 0 },
      batch: null,
    });
  }
  expect((await to.run(["export"])).stdout).toBe((await live.run(["export"])).stdout);
});

test("with its history an export comes back to the byte, too, and a second time adds nothing", async () => {
  const [from, to] = [createDevice(), createDevice()];
  await from.json(["log", "mood", "4", "-a", "run", "-n", "one"]);
  await from.json(["edit", "@last", "--note", "two"]);
  from.nowMs += 1000;
  await from.json(["edit", "@last", "--value", "2"]);
  const { id } = await from.json(["log", "mood", "1"]);
  await from.json(["delete", id, "--yes"]);
  await from.json(["restore", id]);
  await from.json(["delete", id, "--yes"]);
  const exported = (await from.run(["export", "--history"])).stdout;
  expect(JSON.parse(exported).history.length).toBeGreaterThan(4);
  const report = await to.json(["import", written(exported), "--yes"]);
  expect(report).toMatchObject({ entries: { new: 2 }, past_versions: JSON.parse(exported).history.length });
  expect((await to.run(["export", "--history"])).stdout).toBe(exported);
  expect(await to.json(["import", written(exported), "--yes"])).toMatchObject({
    past_versions: 0,
    batch: null,
  });
  const later = exported.replace('"outcome":"replaced"', '"outcome":"eaten"');
  const refused = await to.run(["import", written(later), "--yes", "--json"]);
  expect(JSON.parse(refused.stdout).problems).toEqual([
    expect.objectContaining({ item: 1, list: "history", code: "invalid_version" }),
  ]);
});

test("an encrypted export comes back by its passphrase, and is refused where nobody can be asked for it", async () => {
  const [from, to] = [createDevice(), createDevice()];
  const passphrase = written("four words and more\n", "passphrase");
  chmodSync(passphrase, 0o600);
  await from.json(["log", "mood", "4", "-a", "run", "-n", "one"]);
  const file = join(temporaryDirectory("export"), "all.age");
  await from.json(["export", "-o", file, "--passphrase-file", passphrase]);
  const unasked = await to.run(["import", file, "--yes"]);
  expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining("--passphrase-file") });
  expect(await moodsOf(to)).toEqual([]);
  await to.json(["import", file, "--yes", "--passphrase-file", passphrase]);
  expect((await to.run(["export"])).stdout).toBe((await from.run(["export"])).stdout);
}, 60_000);

test("a line that is no entity is named, and none of the others is stored", async () => {
  const [from, to] = [createDevice(), createDevice()];
  await from.json(["log", "mood", "4", "-n", "one"]);
  await from.json(["log", "mood", "3", "-n", "two"]);
  const { stdout } = await from.run(["export", "--format", "jsonl"]);
  const refused = await to.run(["import", written(`\ufeff${stdout.slice(0, -20)}`), "--yes", "--json"]);
  expect(JSON.parse(refused.stdout).problems).toEqual([
    expect.objectContaining({ line: 2, code: "no_entity" }),
  ]);
  const later = written(`${stdout}{"entity_type":"Dream","id":"x"}\n`);
  expect(await to.json(["import", later, "--yes"])).toMatchObject({
    entries: { new: 2 },
    skipped: { "entities of an unknown type": 1 },
  });
});

test("a recent result that calls for help shows where to find it, once, and an old one does not", async () => {
  const device = createDevice();
  const sheet = (day: string) =>
    written(
      `date,${Array.from({ length: 9 }, (_, item) => `phq9_${item + 1}`)}\n${`${day},0,0,0,0,0,0,0,0,1\n`.repeat(2)}`,
    );
  const recent = await device.run(["import", sheet("2026-11-20"), "--yes", "--json"]);
  expect(JSON.parse(recent.stdout)).toMatchObject({
    assessments: { new: 2 },
    safety: { triggered: true, item: 9 },
  });
  expect(recent.stderr.match(/better off dead/g)).toHaveLength(1);
  const quiet = await createDevice().run(["import", sheet("2026-11-20"), "--yes", "--quiet"]);
  expect(quiet.stderr).toContain("better off dead");
  const old = await device.run(["import", sheet("2026-11-01"), "--yes"]);
  expect(old.stderr).not.toContain("better off dead");
});

test("of two versions of an entity the later stays, in whichever order they come", async () => {
  const device = createDevice();
  await device.json(["log", "mood", "4"]);
  const earlier = written((await device.run(["export"])).stdout);
  device.nowMs += 1000;
  await device.json(["edit", "@last", "--value", "2"]);
  const later = written((await device.run(["export"])).stdout);
  for (const order of [
    [earlier, later],
    [later, earlier],
  ]) {
    const other = createDevice();
    for (const file of order) await other.run(["import", file, "--yes"]);
    expect((await moodsOf(other)).map(({ value }: { value: number }) => value)).toEqual([2]);
  }
});

test("an export of a later version is refused whole, and of one that is not valid the place is named", async () => {
  const device = createDevice();
  const text = readFileSync(fixture("moodsync/export.json"), "utf8");
  const later = await device.run(["import", written(text.replace('"version": 1', '"version": 2')), "--yes"]);
  expect(later).toMatchObject({ code: 2, stderr: expect.stringContaining("newer version") });
  const invalid = await device.run([
    "import",
    written(text.replace('"value": 2', '"value": 6')),
    "--yes",
    "--json",
  ]);
  expect(JSON.parse(invalid.stdout).problems).toEqual([
    {
      item: 2,
      list: "mood_entries",
      code: "invalid_entity",
      message: expect.stringContaining("value must be"),
    },
  ]);
  expect(await device.json(["import", fixture("moodsync/export.json"), "--yes"])).toMatchObject({
    entries: { new: 2 },
    activities: { new: 1 },
    assessments: { new: 1 },
  });
});

test("standard input is read with -, and the name of a file says nothing", async () => {
  const device = createDevice();
  const { code } = await device.run(["import", "-", "--yes"], { input: readFileSync(DAYLIO) });
  expect(code).toBe(0);
  const renamed = join(temporaryDirectory("import"), "x.json");
  cpSync(DAYLIO, renamed);
  expect(await device.json(["import", renamed, "--yes"])).toMatchObject({ entries: { duplicate: 5 } });
});

const directory = () => temporaryDirectory("import");
const UTF16 = Buffer.from(`${HEADING}2025-03-03,x,x,20:00,good,"","",""\n`, "utf16le");

test.each<[string, () => string, string]>([
  ["a link", () => linkTo(DAYLIO), "That is a link, not a file."],
  ["a directory", directory, "That is a directory, not a file."],
  ["a device", () => "/dev/null", "That is a device, not a file."],
  ["a pipe", () => pipe(), "That is a pipe, not a file."],
  ["no file", () => join(directory(), "none"), "There is no such file."],
  ["an empty file", () => written(""), "The file is empty."],
  ["bytes of no format", () => written(Buffer.from([1, 2, 3, 4, 255])), "No format that moodsync reads"],
  ["bytes with commas", () => written("\u0001,\u0002,\u0003\n1,2,3\n"), "No format that moodsync reads"],
  ["UTF-16 without its mark", () => written(UTF16), "The file looks like UTF-16 without the mark"],
  [
    "UTF-16 that ends early",
    () => written(Buffer.concat([Buffer.from([0xff, 0xfe]), UTF16.subarray(0, -1)])),
    "The file is damaged",
  ],
  ["JSON that ends early", () => written('{"a":['), "The file is damaged"],
  ["deep nesting", () => written("[".repeat(100_000)), "The file is damaged"],
  ["a zip that ends early", () => written("PK\u0003\u0004abc"), "The zip is damaged"],
])("%s is refused in one sentence, and nothing changes", async (_, make, sentence) => {
  const device = createDevice();
  await device.json(["log", "mood", "4"]);
  const before = databaseOf(device);
  const { code, stdout, stderr } = await device.run(["import", make(), "--yes"]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.split("\n")[0]).toContain(sentence);
  expect(stderr.trim().split("\n").length).toBeLessThanOrEqual(2);
  expect(databaseOf(device).equals(before)).toBe(true);
  const asJson = JSON.parse((await device.run(["import", make(), "--yes", "--json"])).stdout);
  expect(asJson).toMatchObject({ status: "refused", error: { code: "invalid_input" } });
});

function linkTo(file: string): string {
  const link = join(directory(), "link.csv");
  symlinkSync(file, link);
  return link;
}

function pipe(): string {
  const path = join(directory(), "pipe");
  execFileSync("mkfifo", [path]);
  return path;
}

test.each([
  [["--tz", "Mars/Olympus"], "There is no such time zone."],
  [["--scale", "ten"], "The scale is no range of numbers."],
  [["--date-order", "dym"], "The order of a date is dmy, mdy or ymd."],
  [["--columns", "day=x"], "The columns are not named as they should be."],
  [["--mood-map", "/none"], "There is no such file."],
])("%j is a wrong use", async (args, sentence) => {
  const result = await createDevice().run(["import", DAYLIO, "--yes", ...args]);
  expect({ code: result.code, sentence: result.stderr.split("\n")[0] }).toEqual({ code: 2, sentence });
});

test.each([
  ["- a\n", 1],
  ["a: 4\nb: 6\n", 2],
  ["a: 4\n# c\n: x: [\n", 3],
])("the mood map %j is refused by its line", async (text, line) => {
  const { code, stderr } = await createDevice().run(["import", DAYLIO, "--yes", "--mood-map", written(text)]);
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`Line ${line} of the mood map`),
  });
});

test("on a terminal unknown names are asked for", async () => {
  const file = fixture("daylio-csv/custom-moods.csv");
  const { stdout, stderr } = await createDevice().run(["import", file], {
    terminal: true,
    input: "Great\r7\r2\r",
  });
  expect(stderr).toContain("zonnig (1 entry): Great\ngrijs (1 entry): 7\n");
  expect(stderr).toContain("from 1 to 5. Enter leaves this one out.\ngrijs (1 entry): 2\n");
  expect(stdout).toContain("new      3 moods");
});

test("a hostile name of a mood is asked for harmlessly", async () => {
  const file = written(`${HEADING}2025-03-03,x,x,20:00,\u001b[31mred,"","",""\n`);
  const { stderr } = await createDevice().run(["import", file], { terminal: true, input: "3\rn\r" });
  expect(stderr).toContain("\\u001b[31mred (1 entry): 3");
  expect(stderr).not.toContain("\u001b[31m");
});

test("hostile text is kept as it is and shown harmless", async () => {
  const device = createDevice();
  const note = "=1+1 \u001b[31m\u202e<b>x</b>";
  const file = written(`${HEADING}2025-03-03,x,x,20:00,\u001b]0;x\u0007,"\u001b[2J","","${note}"\n`);
  const refused = await device.run(["import", file, "--yes"]);
  expect(hiddenInOutput(refused.stdout + refused.stderr)).toEqual([]);
  const map = written('"\\e]0;x\\a": 4\n', "map.yml");
  const stored = await device.run(["import", file, "--yes", "--mood-map", map]);
  expect(hiddenInOutput(stored.stdout + stored.stderr)).toEqual([]);
  expect((await moodsOf(device))[0].note).toBe("=1+1 \u001b[31m\u202ex");
});
