import { expect, test } from "vitest";
import { formatHour } from "../../src/output/moment.ts";

const at = (text: string) => ({ ms: Date.parse(text), offsetMinutes: 60 });

test("a time known to the hour is shown without minutes, with the year when it is another", () => {
  const now = at("2026-11-25T20:00:00Z");
  expect(formatHour(at("2026-11-22T08:59:00Z"), now)).toBe("Sun 22 Nov about 9 h");
  expect(formatHour(at("2025-11-22T18:59:00Z"), now)).toBe("Sat 22 Nov 2025 about 19 h");
});
