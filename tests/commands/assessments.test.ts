import { expect, test } from "vitest";
import { INSTRUMENTS } from "../../src/assessments/find-instrument.ts";
import { createDevice } from "../helpers/device/device.ts";

test("assessments --sources prints the publication and the licence of each", async () => {
  const { code, stdout } = await createDevice().run(["assessments", "--sources"]);
  expect(code).toBe(0);
  for (const { name, citation, licence } of INSTRUMENTS) {
    const [section] = stdout.split("\n\n").filter((text) => text.startsWith(`${name}  `));
    expect(section).toContain(citation);
    expect(section).toContain(licence.text);
  }
  expect(stdout).toContain(
    [
      "PHQ-9  9 questions, score 0 to 27",
      "  Source: Kroenke, Spitzer, Williams 2001, J Gen Intern Med 16:606.",
      "  Reliable change: 6 points or more (NHS Talking Therapies).",
    ].join("\n"),
  );
  expect(stdout).toContain("ISI  by its score only, score 0 to 28\n");
});

test("as JSON they are one list", async () => {
  const sources = await createDevice().json(["assessments", "--sources"]);
  expect(sources.map(({ name }: { name: string }) => name)).toEqual(INSTRUMENTS.map(({ name }) => name));
  expect(sources.find(({ name }: { name: string }) => name === "WHO-5")).toMatchObject({
    questions: null,
    score: { min: 0, max: 100 },
    licence_url: null,
  });
});
