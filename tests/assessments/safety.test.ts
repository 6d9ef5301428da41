import { describe, expect, test } from "vitest";
import { findInstrument } from "../../src/assessments/find-instrument.ts";
import { helpText } from "../../src/assessments/safety/help.ts";
import { safetyNotice } from "../../src/assessments/safety/notice.ts";
import { regionOf } from "../../src/assessments/safety/region.ts";
import { HELP_RESOURCES, RESOURCES_REVIEWED, resourcesFor } from "../../src/assessments/safety/resources.ts";

const phq9 = findInstrument("phq9");
const READER = { region: undefined, contacts: [], short: false };
const NEUTRAL = {
  triggered: false,
  item: null,
  text: "Support lines, at any time: moodsync help-now",
  resources: [],
};

function phq9Notice(lastAnswer: number | null, others = 0) {
  const answers = [...Array(8).fill(others), lastAnswer];
  return safetyNotice(phq9, { score: 8 * others + (lastAnswer ?? 0), answers }, READER);
}

test.each([1, 2, 3])("item 9 answered with %d triggers at any total", (answer) => {
  for (const others of [0, 3]) {
    const notice = phq9Notice(answer, others);
    expect(notice).toMatchObject({ triggered: true, item: 9, resources: HELP_RESOURCES });
    expect(notice!.text).toContain("You don't have to handle that alone");
    expect(notice!.text).toContain("local emergency number");
    expect(notice!.text).toContain("988");
    expect(notice!.text).toContain("116 123");
    expect(notice!.text).toContain("findahelpline.com");
    expect(notice!.text).toContain("moodsync does not contact anyone and is not a medical device");
  }
});

test("nothing is called a risk or a diagnosis, and nothing is counted in percent", () => {
  for (const text of [phq9Notice(1)!.text, phq9Notice(0)!.text, helpText(undefined)]) {
    expect(text).not.toMatch(/risk|%|diagnos|suicidal|severe/i);
  }
});

test.each([0, null])("item 9 answered with %s gets the neutral line, which does not reassure", (answer) => {
  expect(phq9Notice(answer)).toEqual(NEUTRAL);
});

describe("a total without answers", () => {
  test.each([
    ["PHQ-9", 0, NEUTRAL],
    ["PHQ-9", 27, NEUTRAL],
    ["EPDS", 0, NEUTRAL],
    ["GAD-7", 15, NEUTRAL],
    ["GAD-7", 14, null],
    ["WHO-5", 28, NEUTRAL],
    ["WHO-5", 100, null],
    ["PSS-10", 40, null],
    ["my scale", 1000, null],
  ])("%s with %d", (name, score, expected) => {
    expect(safetyNotice(findInstrument(name), { score }, READER)).toEqual(expected);
  });
});

test.each([
  [{ LANG: "en_US.UTF-8" }, "US"],
  [{ LANG: "de_CH" }, "CH"],
  [{ LANG: "en_US.UTF-8", LC_ALL: "en_GB.UTF-8" }, "GB"],
  [{ LANG: "en_US.UTF-8", LC_MESSAGES: "fr_FR@euro" }, "FR"],
  [{ LANG: "en_US.UTF-8", LC_ALL: "" }, "US"],
  [{ LANG: "C.UTF-8" }, undefined],
  [{ LANG: "POSIX" }, undefined],
  [{}, undefined],
])("the region of %j is %s", (env, region) => {
  expect(regionOf(env)).toBe(region);
});

test("the services of the region come first, and none is left out", () => {
  expect(resourcesFor("GB")[0]!.name).toBe("Samaritans");
  expect(resourcesFor("GB")).toHaveLength(HELP_RESOURCES.length);
  expect(resourcesFor("XX")).toEqual(HELP_RESOURCES);
  expect(helpText("GB").indexOf("116 123")).toBeLessThan(helpText("GB").indexOf("988"));
});

test("the list says when it was reviewed", () => {
  expect(helpText(undefined)).toContain(RESOURCES_REVIEWED);
  expect(RESOURCES_REVIEWED).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

test("the user's own contacts come first", () => {
  const notice = safetyNotice(
    phq9,
    { score: 1, answers: [0, 0, 0, 0, 0, 0, 0, 0, 1] },
    { ...READER, contacts: ["Ann, 12"] },
  );
  expect(notice!.text.indexOf("Yours: Ann, 12")).toBeGreaterThan(0);
  expect(notice!.text.indexOf("Yours: Ann, 12")).toBeLessThan(notice!.text.indexOf("988"));
  expect(helpText(undefined, ["Ann, 12"])).toContain("Yours: Ann, 12");
});

test("the short notice is two lines, with the emergency number and where the lines are", () => {
  const notice = safetyNotice(
    phq9,
    { score: 1, answers: [0, 0, 0, 0, 0, 0, 0, 0, 1] },
    { ...READER, short: true },
  );
  expect(notice!.text.split("\n")).toHaveLength(2);
  expect(notice!.text).toContain("local emergency number");
  expect(notice!.text).toContain("moodsync help-now");
});
