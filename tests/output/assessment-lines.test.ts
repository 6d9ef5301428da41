import { expect, test } from "vitest";
import type { AssessmentEntry } from "../../src/domain/entities/assessment-entry.ts";
import { assessmentSeries, type TakenResult } from "../../src/insights/assessments.ts";
import { assessmentLines } from "../../src/output/assessment-lines.ts";
import { scoreFigure } from "../../src/output/report/score-figure.ts";
import { sparkLine } from "../../src/output/spark.ts";
import { expectGolden } from "../helpers/golden/golden.ts";
import { styleWith } from "../helpers/golden/styles.ts";
import { INVENTED_YEAR } from "../helpers/insights/invented-year.ts";

function taken(type: string, date: string, answers: (number | null)[] | number): TakenResult {
  const entry: AssessmentEntry = {
    id: `${type}-${date}`,
    assessment_type: type,
    score:
      typeof answers === "number" ? answers : answers.reduce<number>((sum, answer) => sum + (answer ?? 0), 0),
    severity: "",
    taken_at: `${date}T12:00:00.000Z`,
    metadata: { created_at: "", updated_at: "", deleted_at: null },
    ...(typeof answers === "number" ? {} : { answers, instrument_version: "1" }),
  };
  return { entry, day: Date.parse(`${date}T00:00:00Z`) / 86_400_000 };
}

const nine = (sum: number) => Array.from({ length: 9 }, (_, item) => Math.floor((sum + item) / 9));
const RESULTS = [
  taken("PHQ-9", "2025-03-12", nine(20)),
  ...[14, 15, 6, 5, 10, 8, 6].map((sum, at) => taken("PHQ-9", `2026-0${at + 2}-12`, nine(sum))),
  taken("GAD-7", "2026-04-12", 12),
  taken("GAD-7", "2026-07-12", 7),
  taken("WHO-5", "2026-07-12", 40),
  taken("Our own 問い", "2026-06-01", 3),
];

test("assessments are drawn at every width and in every look", async () => {
  const series = assessmentSeries(RESULTS, INVENTED_YEAR);
  await expectGolden("assessments", (width, style) =>
    assessmentLines(series, width, style, { rows: 5, year: 2026 }),
  );
});

test("a PHQ-9 without item 9 says at every width that its score is one of the PHQ-8", async () => {
  const without = [...nine(18).slice(0, 8), null];
  const results = [
    taken("PHQ-9", "2026-05-12", nine(26)),
    taken("PHQ-9", "2026-06-12", without),
    taken("PHQ-9", "2026-07-12", nine(8)),
  ];
  await expectGolden("assessments-phq8", (width, style) =>
    assessmentLines(assessmentSeries(results, []), width, style, { rows: 5, year: 2026 }),
  );
});

test("what is not comparable is said in full on 80 columns", () => {
  const series = assessmentSeries(
    [taken("PHQ-9", "2026-05-12", nine(20)), taken("PHQ-9", "2026-06-12", 12)],
    [],
  );
  const style = styleWith({ depth: "none", hasWeight: false });
  for (const columns of [76, 80]) {
    const lines = assessmentLines(series, columns, style, { rows: 5, year: 2026 }).join("\n");
    expect(lines).toMatch(/ moderate +−8 not comparable\n/);
    expect(lines).toMatch(/ severe\n/);
  }
});

test("a score beyond the range of its instrument lies at the end of the pictures", () => {
  const [series] = assessmentSeries([taken("PHQ-9", "2026-05-12", 3), taken("PHQ-9", "2026-06-12", 99)], []);
  const style = styleWith({ depth: "none", hasWeight: false });
  const [title] = assessmentLines([series!], 80, style, { rows: 5, year: 2026 });
  expect(title).toMatch(/symptoms +▂█$/);
  const { markup } = scoreFigure(series!, 0);
  const heights = [...markup.matchAll(/cy="([-\d.]+)"/g)].map(([, cy]) => Number(cy));
  expect(heights).toEqual([expect.any(Number), 8]);
});

test("a line of days has a sign for each, and a dot where there is no entry", () => {
  const week = [3, null, 4, 5, 2, 4, 1] as const;
  expect(sparkLine(week, 80, styleWith({ depth: "none", hasWeight: false }))).toBe("▄·▆█▂▆▁");
  expect(sparkLine(week, 80, styleWith({ depth: "none", hasWeight: false }), true)).toBe("3·45241");
  expect(sparkLine(week, 80, styleWith({ depth: "none", hasWeight: false, alphabet: "ascii" }))).toBe(
    "3.45241",
  );
  expect(sparkLine(week, 80, styleWith({ depth: "none", hasWeight: false, isPlain: true }))).toBe(
    "meh, no entry, good, great, bad, good, awful",
  );
});
