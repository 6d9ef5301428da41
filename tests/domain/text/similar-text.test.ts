import { expect, test } from "vitest";
import { letterDifference } from "../../../src/domain/text/similar-text.ts";

test.each([
  ["work", "wrok", "swapped"],
  ["gym", "gmy", "swapped"],
  ["run", "runn", "doubled"],
  ["run", "ruun", "doubled"],
  ["run", "rrun", "doubled"],
  ["yoga", "yga", "added"],
  ["walk", "walks", "added"],
  ["run", "arun", "added"],
  ["walk", "talk", "exchanged"],
  ["walk", "walk", null],
  ["walk", "wlka", null],
  ["walk", "walking", null],
  ["walk", "tall", null],
  ["🏃x", "x🏃", "swapped"],
] as const)("%s and %s: %s", (one, other, difference) => {
  expect([letterDifference(one, other), letterDifference(other, one)]).toEqual([difference, difference]);
});
