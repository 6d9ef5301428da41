import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createDevice } from "../helpers/device/device.ts";
import { ask, schemaErrors } from "../helpers/fhir/fhir.ts";

async function filledDevice() {
  const device = createDevice();
  await device.run(["log", "mood", "4", "-a", "run", "-a", "swim", "-n", "a \u0085 b"]);
  device.nowMs += 1000;
  await device.run(["log", "mood", "2"]);
  await device.run(["log", "assessment", "gad7", "--score", "6"]);
  await device.run(["schedule", "add", "gad7", "monthly"]);
  await device.run(["delete", (await device.json(["list"]))[0].id]);
  return device;
}

test("holds the live entities in wire shape, each kind sorted by id", async () => {
  const device = await filledDevice();
  const { stdout } = await device.run(["export"]);
  const exported = JSON.parse(stdout);
  expect(exported).toEqual({
    format: "moodsync-export",
    version: 1,
    entities: {
      activities: expect.any(Array),
      mood_entries: [expect.objectContaining({ note: "a \u0085 b", value: 4 })],
      assessments: [expect.objectContaining({ assessment_type: "GAD-7", score: 6 })],
      schedules: [expect.objectContaining({ frequency: "Monthly" })],
    },
  });
  const ids = exported.entities.activities.map((activity: { id: string }) => activity.id);
  expect(ids).toHaveLength(2);
  expect(ids).toEqual([...ids].sort());
  expect(stdout).not.toContain("\u0085");
});

test("holds deleted entities with --deleted", async () => {
  const device = await filledDevice();
  const { entities } = await device.json(["export", "--deleted"]);
  expect(entities.mood_entries).toHaveLength(2);
  expect(
    entities.mood_entries.filter((mood: { metadata: { deleted_at: unknown } }) => mood.metadata.deleted_at),
  ).toHaveLength(1);
});

test("writes a file for its owner only, and replaces one only with --force", async () => {
  const device = await filledDevice();
  const directory = join(device.home, "exports");
  const file = join(directory, "mine.json");
  mkdirSync(directory);
  expect(await device.run(["export", "-o", file])).toEqual({
    code: 0,
    stdout: "",
    stderr: "Exported 5 entries.\n",
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, "utf8")).entities.mood_entries).toHaveLength(1);
  writeFileSync(file, "precious");
  const refused = await device.run(["export", "-o", file]);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("There is already") });
  expect(readFileSync(file, "utf8")).toBe("precious");
  expect((await device.run(["export", "-o", file, "--force"])).code).toBe(0);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, "utf8")).format).toBe("moodsync-export");
  expect(readdirSync(directory)).toEqual(["mine.json"]);
});

test("with - it writes to standard output", async () => {
  const device = await filledDevice();
  expect(JSON.parse((await device.run(["export", "-o", "-"])).stdout).version).toBe(1);
});

test.each([
  [["-o", "/no/such/directory/x.json"], 1, "The directory of the file does not exist."],
  [
    ["-o", "/dev/null/x.json"],
    1,
    "/dev/null/x.json cannot be read: a part of its path is a file, not a directory.",
  ],
  [["--format", "xml"], 2, "There is no such format."],
  [["--format", "fhir", "--deleted"], 2, "--deleted goes with --format json and jsonl."],
  [["--format", "csv", "--history"], 2, "--history goes with --format json."],
  [["--passphrase"], 2, "A passphrase is needed, and nobody can be asked for it here."],
  [["--format", "md", "-o", "/tmp", "--passphrase"], 2, "A directory of files cannot be encrypted as one."],
  [["--format", "md", "-o", "/dev/null"], 2, "That is a file or a link, not a directory."],
  [["--notes"], 2, "--notes goes with --format fhir."],
  [["--name", "Ann"], 2, "--name goes with --format fhir."],
  [["--format", "fhir", "--name", " \u00a0"], 2, "The name is empty."],
])("%j is refused in one sentence", async (args, code, sentence) => {
  const device = await filledDevice();
  const result = await device.run(["export", ...args]);
  expect({ code: result.code, sentence: result.stderr.split("\n")[0] }).toEqual({ code, sentence });
});

test("a directory in the file's place is left as it is", async () => {
  const device = await filledDevice();
  const directory = join(device.home, "taken");
  mkdirSync(directory);
  for (const force of [[], ["--force"]]) {
    const { code } = await device.run(["export", "-o", directory, ...force]);
    expect(code).toBeGreaterThan(0);
  }
  expect(readdirSync(directory)).toEqual([]);
  expect(readdirSync(device.home).filter((name) => name.includes("partial"))).toEqual([]);
});

test("an unknown format is refused with the list of those there are", async () => {
  const { stderr } = await createDevice().run(["export", "--format", "xml"]);
  expect(stderr).toBe("There is no such format.\nThe formats are json, jsonl, csv, md and fhir.\n");
});

test("with --format fhir it prints a valid bundle of the live moods and assessments", async () => {
  const device = await filledDevice();
  const { stdout, stderr } = await device.run(["export", "--format", "fhir"]);
  const bundle = JSON.parse(stdout);
  expect(schemaErrors(bundle)).toEqual([]);
  expect(ask(bundle, "Bundle.entry.resource.ofType(Observation).code.text")).toEqual([
    "GAD-7 total score",
    "Mood, from 1 (awful) to 5 (great)",
  ]);
  expect(stderr).toBe("");
  const { stdout: asked } = await device.run(["export", "--format", "fhir", "--notes", "--name", " Ann "]);
  expect(ask(JSON.parse(asked), "Bundle.entry.resource.ofType(Patient).name.text")).toEqual(["Ann"]);
  expect(ask(JSON.parse(asked), "Bundle.entry.resource.note.text")).toEqual(["a \n b"]);
});

test("where nothing was logged the bundle has no entries", async () => {
  const { stdout } = await createDevice().run(["export", "--format", "fhir"]);
  expect(stdout).toBe('{"resourceType":"Bundle","type":"collection"}\n');
});

test("a bundle goes to a file as other exports do, and entries are counted, not resources", async () => {
  const device = await filledDevice();
  const file = join(device.home, "bundle.json");
  const args = ["export", "--format", "fhir", "--name", "Ann", "-o", file];
  expect((await device.run(args)).stderr).toBe("Exported 2 entries.\n");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, "utf8")).entry).toHaveLength(4);
  expect((await device.run(args)).code).toBe(2);
  expect(await device.json([...args, "--force"])).toEqual({ exported: 2 });
});

test("with --history it holds every earlier version and the deleted entries, and without it neither", async () => {
  const device = await filledDevice();
  device.nowMs += 1000;
  await device.json(["edit", "@last", "--score", "7"]);
  const { entities, history } = await device.json(["export", "--history"]);
  expect(entities.mood_entries).toHaveLength(2);
  expect(history.map((past: { entity_type: string }) => past.entity_type)).toEqual([
    "AssessmentEntry",
    "MoodEntry",
  ]);
  expect(history[0]).toEqual({
    entity_type: "AssessmentEntry",
    id: entities.assessments[0].id,
    updated_at: expect.any(String),
    deleted: false,
    outcome: "replaced",
    reason: null,
    winner_hash: expect.stringMatching(/^[0-9a-f]{16}$/),
    winner_device_id: null,
    stored_at: expect.any(String),
    data: expect.objectContaining({ score: 6 }),
  });
  expect(await device.json(["export"])).not.toHaveProperty("history");
});

test("as jsonl it prints an entity a line, with its type", async () => {
  const device = await filledDevice();
  const { stdout } = await device.run(["export", "--format", "jsonl"]);
  const { entities } = await device.json(["export"]);
  const lines = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ entity_type, ...entity }) => entity)).toEqual(Object.values(entities).flat());
  expect(lines.map(({ entity_type }) => entity_type)).toEqual([
    "Activity",
    "Activity",
    "MoodEntry",
    "AssessmentEntry",
    "Schedule",
  ]);
});

/** A reader of RFC 4180 that takes nothing else. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const [, content, end] = cell.exec(text) ?? expect.fail(`no cell at ${cell.lastIndex}`);
    rows.at(-1)!.push(content!.startsWith('"') ? content!.slice(1, -1).replaceAll('""', '"') : content!);
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

test("as csv it is one table of RFC 4180: an entry a row, oldest first, with names instead of ids", async () => {
  const device = createDevice();
  await device.run([
    "log",
    "mood",
    "4",
    "-a",
    "run",
    "-a",
    'a, "b"',
    "--create",
    "-n",
    'said "hi",\nand left',
  ]);
  device.nowMs += 1000;
  await device.run(["log", "assessment", "gad7", "--score", "6"]);
  await device.run(["log", "mood", "2", "--at", "2026-01-02 03:04"]);
  const { stdout } = await device.run(["export", "--format", "csv"]);
  const [heading, ...rows] = csvRows(stdout);
  const byName = rows.map((row) => Object.fromEntries(row.map((cell, index) => [heading![index], cell])));
  expect(byName).toMatchObject([
    {
      date: "2026-01-02",
      time: "03:04",
      entry: "mood",
      mood: "2",
      mood_name: "bad",
      activities: "",
      note: "",
    },
    { date: "2026-11-22", entry: "mood", mood: "4", activities: 'run; a; "b"', note: 'said "hi",\nand left' },
    { entry: "GAD-7", mood: "", score: "6", severity: "mild", recorded_at: "2026-11-22T09:30:01.000+01:00" },
  ]);
  expect(rows.every((row) => row.length === heading!.length)).toBe(true);
});

test("no cell of a csv begins a formula or acts on a terminal", async () => {
  const device = createDevice();
  const hostile = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    " =1",
    "\t=1",
    "\r=1",
    "\uff1d1",
    "\u001b]0;x\u0007",
    "\u202egnp",
  ];
  for (const text of hostile) {
    device.nowMs += 1000;
    await device.run(["log", "mood", "3", "-n", "-"], { input: `${text} note` });
    await device.run(["activity", "add", `${text} label`]);
    await device.run(["edit", "@last", "-a", `${text} label`]);
  }
  const { stdout } = await device.run(["export", "--format", "csv"]);
  const cells = csvRows(stdout).flat();
  expect(cells.length).toBeGreaterThan(100);
  expect(cells.filter((cell) => /^\s*[=+\-@\uff0b\uff0d\uff1d\uff20]/.test(cell))).toEqual([]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: which are looked for
  expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u000c\u000e-\u001f\u202e]/);
});

test("as md it is a diary: a file a month in a directory, all that is written in it literal", async () => {
  const device = createDevice();
  const directory = join(device.home, "diary");
  await device.run([
    "log",
    "mood",
    "4",
    "-a",
    "*run*",
    "--create",
    "-n",
    "# no *title*\n<b>bold</b> [x](http://y)\n\n- end",
  ]);
  device.nowMs += 1000;
  await device.run(["log", "assessment", "gad7", "--score", "6"]);
  await device.run(["log", "mood", "2", "--at", "2026-10-31 23:59"]);
  expect(await device.run(["export", "--format", "md", "-o", directory])).toMatchObject({
    code: 0,
    stderr: "Exported 3 entries.\n",
  });
  expect(readdirSync(directory).sort()).toEqual(["2026-10.md", "2026-11.md"]);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(statSync(join(directory, "2026-11.md")).mode & 0o777).toBe(0o600);
  const november = readFileSync(join(directory, "2026-11.md"), "utf8");
  expect(november).toBe(`# November 2026

## Sunday 22 November 2026

**09:30** 4 good (\\*run\\*)

> \\# no \\*title\\*\\
> \\<b\\>bold\\</b\\> \\[x\\](http://y)\\
> 
> - end

**09:30** GAD-7: 6, mild
`);
  const { stdout } = await device.run(["export", "--format", "md"]);
  expect(stdout).toBe(`${readFileSync(join(directory, "2026-10.md"), "utf8")}\n${november}`);
  expect(await device.run(["export", "--format", "md", "-o", directory])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("already months"),
  });
  expect((await device.run(["export", "--format", "md", "-o", directory, "--force"])).code).toBe(0);
});

test("an entry counts for the day and the month on its own clock, whatever the order of the instants", async () => {
  const device = createDevice();
  await device.run(["log", "mood", "4", "--at", "2026-11-01T00:30+13:00"]);
  await device.run(["log", "mood", "2", "--at", "2026-10-31T23:00-05:00"]);
  await device.run(["log", "mood", "3", "--at", "2026-11-01T00:10-05:00"]);
  const directory = join(device.home, "diary");
  await device.run(["export", "--format", "md", "-o", directory]);
  const moods = (month: string) => readFileSync(join(directory, month), "utf8").match(/(?<=\*\* )\d/g);
  expect([moods("2026-10.md"), moods("2026-11.md")]).toEqual([["2"], ["3", "4"]]);
});

test("what is exported with a passphrase is a file of age", async () => {
  const device = await filledDevice();
  const file = join(device.home, "export.age");
  writeFileSync(join(device.home, "passphrase"), "four words and more", { mode: 0o600 });
  const args = ["export", "-o", file, "--passphrase-file", join(device.home, "passphrase")];
  expect((await device.run(args)).code).toBe(0);
  expect(readFileSync(file, "latin1")).toMatch(/^age-encryption\.org\/v1\n-> scrypt /);
}, 300_000);
