import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "../../src/domain/time/durations.ts";
import { tombstone } from "../../src/domain/versions/version.ts";
import { openDatabase } from "../../src/local/storage/database.ts";
import { readRow, storeVersion } from "../../src/local/versions/rows.ts";
import { createDevice } from "../helpers/device/device.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

test("undo and redo say what they took back and did again", async () => {
  const device = createDevice();
  await device.run(["log", "mood", "4", "-a", "run"]);
  const undone = await device.run(["undo"]);
  expect(undone).toEqual({
    code: 0,
    stdout: 'Took back: mood 4 (good) · Sun 22 Nov 09:30 · run\nTook back: activity "run"\n',
    stderr: "",
  });
  expect((await device.run(["redo"])).stdout).toBe(
    'Done again: mood 4 (good) · Sun 22 Nov 09:30 · run\nDone again: activity "run"\n',
  );
  await device.run(["edit", "@last", "--value", "2"]);
  expect((await device.run(["undo"])).stdout).toBe(
    "Took back: a change of mood 4 (good) · Sun 22 Nov 09:30 · run\n    mood: 4 (good), was 2 (bad)\n",
  );
  expect((await device.run(["redo"])).stdout).toContain("    mood: 2 (bad), was 4 (good)\n");
  await device.run(["delete", "@last"]);
  expect((await device.run(["undo"])).stdout).toMatch(/^Took back: the deletion of mood 2 \(bad\)/);
  expect((await device.run(["redo"])).stdout).toMatch(/^Done again: the deletion of mood 2 \(bad\)/);
});

test("where there is nothing to redo it says so", async () => {
  const device = createDevice();
  await device.run(["log", "mood", "4"]);
  expect(await device.run(["redo"])).toMatchObject({
    code: 3,
    stderr: "There is no undo to take back.\n`moodsync history <ID>` shows the versions of one entry.\n",
  });
});

test.each([
  [HOUR_MS - 1, ""],
  [HOUR_MS, "That was 1 hour ago: mood 4 (good) · Sun 22 Nov 09:30.\n"],
  [3 * DAY_MS, "That was 3 days ago: mood 4 (good) · Sun 22 Nov 09:30.\n"],
])("an undo of what was done %i ms ago, where nobody can be asked, says %j", async (ageMs, said) => {
  const device = createDevice();
  await device.run(["log", "mood", "4"]);
  device.nowMs += ageMs;
  expect(await device.run(["undo"])).toMatchObject({ code: 0, stderr: said });
  expect(await device.json(["list"])).toEqual([]);
});

test("many entries that are taken back together are counted", async () => {
  const device = createDevice();
  const labels = Array.from({ length: 12 }, (_, at) => ["-a", `activity number ${at}`]).flat();
  await device.run(["log", "mood", "4", "--create", ...labels]);
  const lines = (await device.run(["undo"])).stdout.trimEnd().split("\n");
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([
    9,
    expect.stringContaining("mood 4 (good)"),
    "… and 5 more",
  ]);
});

test("an undo of what was done long ago asks on a terminal, unless --yes was said", async () => {
  const device = createDevice();
  await device.run(["log", "mood", "4"]);
  device.nowMs += 2 * DAY_MS;
  const question = "That was 2 days ago: mood 4 (good) · Sun 22 Nov 09:30.\nTake it back? [y/N] ";
  expect(await device.run(["undo"], { terminal: true, input: "n\n" })).toEqual({
    code: 1,
    stdout: "",
    stderr: `${question}Nothing was changed.\n`,
  });
  expect(await device.json(["list"])).toHaveLength(1);
  const { code, stderr } = await device.run(["undo"], { terminal: true, input: "y\n" });
  expect({ code, stderr }).toEqual({ code: 0, stderr: question });
  await device.run(["redo"]);
  expect(await device.run(["undo", "--yes"], { terminal: true })).toMatchObject({ code: 0, stderr: "" });
});

test("an undo of what was deleted elsewhere since says that nothing is different", async () => {
  const device = createDevice();
  await device.run(["log", "mood", "4"]);
  const [{ id }] = await device.json(["list"]);
  const db = openDatabase(join(device.home, "moodsync.db"));
  const row = readRow(db, "MoodEntry", id)!;
  storeVersion(db, tombstone("MoodEntry", id, row.updatedAtMs + 1), row);
  db.close();
  const undone = await device.run(["undo"]);
  expect(undone).toEqual({
    code: 0,
    stdout: "Nothing is different: what it made was deleted since, or is in use.\n",
    stderr: "",
  });
});

test("all changes of an import are in the JSON, however many there are", async () => {
  const device = createDevice();
  const rows = Array.from(
    { length: 600 },
    (_, at) => `2020-01-01T${String(at % 24).padStart(2, "0")}:00,4,run ${at}\n`,
  );
  const file = join(temporaryDirectory("undo"), "moods.csv");
  writeFileSync(file, `date,mood,note\n${rows.join("")}`);
  await device.run(["import", file, "--yes"]);
  const notes = (changes: Record<string, { note: string }>[], when: string) =>
    new Set(changes.map((change) => change[when]!.note)).size;
  const undone = await device.json(["undo"]);
  expect(undone).toMatchObject({ command: "import", safety: null });
  expect([undone.changes.length, notes(undone.changes, "before")]).toEqual([600, 600]);
  const done = await device.json(["redo"]);
  expect([done.changes.length, notes(done.changes, "after")]).toEqual([600, 600]);
});
