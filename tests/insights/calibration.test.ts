import { expect, test } from "vitest";
import { measure } from "./calibration/measure.ts";
import { NULL_WORLD } from "./calibration/moods.ts";

// The short form of `npm run calibrate`, whose figures stand in docs/statistics.md. The seeds are fixed.

test("people without effects are seldom shown any", () => {
  const shown = measure(NULL_WORLD, 40);
  expect(shown.anyActivity).toBeLessThanOrEqual(0.15);
  expect(shown.weekday).toBeLessThanOrEqual(0.1);
  expect(shown.changePoint).toBeLessThanOrEqual(0.1);
}, 120_000);

test("an effect of 0.8 on 30 of 90 days is mostly found", () => {
  expect(measure({ ...NULL_WORLD, effect: 0.8, coverage: 1 }, 40).effect).toBeGreaterThanOrEqual(0.7);
}, 120_000);
