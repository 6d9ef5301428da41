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
  [["--format", "fhir", "--deleted"], 2, "--deleted goes with --format json."],
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
  const { stderr } = await createDevice().run(["export", "--format", "csv"]);
  expect(stderr).toBe("There is no such format.\nThe formats are json and fhir.\n");
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
