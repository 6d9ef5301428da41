import { findInstrument } from "../../assessments/find-instrument.ts";
import type { Instrument } from "../../assessments/instrument.ts";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import type { ImportItem, Place } from "../../entries/import/draft.ts";
import type { SheetColumns } from "./sheet-columns.ts";

interface Row {
  cell(column: number): string;
  place: Place;
  at: ZonedTime;
  details: Record<string, unknown>;
}

/** The self-assessments of one row of a sheet. A questionnaire without anything in it was not filled in. */
export function* assessmentItems(columns: SheetColumns, row: Row): Generator<ImportItem, void> {
  if (columns.test) return yield* namedTest(columns.test, row);
  for (const { instrument, total, items } of columns.instruments) {
    const count = Math.max(0, ...items.keys());
    const answers = Array.from({ length: count }, (_, index) => {
      const column = items.get(index + 1);
      return column === undefined ? "" : row.cell(column).trim();
    });
    yield* assessment(instrument, { total: total === null ? "" : row.cell(total).trim(), answers, row });
  }
}

/** Short tests leave the last items empty. */
function* namedTest(
  { name, score, items }: NonNullable<SheetColumns["test"]>,
  row: Row,
): Generator<ImportItem, void> {
  const instrument = findInstrument(row.cell(name).trim());
  if (!instrument) {
    return yield {
      kind: "problem",
      place: row.place,
      code: "unknown_test",
      message: "The test is not known.",
    };
  }
  const cells = items.map((column) => row.cell(column).trim());
  const count = instrument.questions?.items.length ?? cells.findLastIndex((cell) => cell !== "") + 1;
  const more = cells.slice(count).some((cell) => cell !== "");
  const answers = more ? cells : cells.slice(0, count);
  yield* assessment(instrument, { total: row.cell(score).trim(), answers, row });
}

function* assessment(
  instrument: Instrument,
  { total, answers, row }: { total: string; answers: readonly string[]; row: Row },
): Generator<ImportItem, void> {
  const { place, at, details } = row;
  const problem = (code: string, message: string): ImportItem => ({ kind: "problem", place, code, message });
  const hasAnswers = answers.some((answer) => answer !== "");
  if (total === "" && !hasAnswers) return;
  if (![total, ...answers].every((cell) => /^(-?\d{1,6})?$/.test(cell))) {
    return yield problem("invalid_score", "A score or an answer is no whole number.");
  }
  const score = total === "" ? undefined : Number(total);
  const given = answers.map((answer) => (answer === "" ? null : Number(answer)));
  const draft = { kind: "assessment", place, at, assessmentType: instrument.name } as const;
  if (!hasAnswers) return yield { ...draft, score, details };
  if (instrument.questions && !isCodedInSeveralWays(instrument)) {
    return yield { ...draft, score, answers: given, details };
  }
  const sum = given.reduce<number>((all, answer) => all + (answer ?? 0), 0);
  const isWhole = given.every((answer) => answer !== null);
  if (score === undefined && !isWhole)
    return yield problem("invalid_score", "An answer is missing, and there is no total.");
  if (score !== undefined && isWhole && isCodedInSeveralWays(instrument) && sum !== score) {
    return yield problem(
      "wrong_total",
      "The total is not the sum of its items; nothing says which of them is right.",
    );
  }
  yield { ...draft, score: score ?? sum, details: { ...details, answers: given } };
}

/** Codings of Kessler's items run both ways in circulation, so another program's answers are not taken for ours. */
function isCodedInSeveralWays({ id }: Instrument): boolean {
  return id === "k10" || id === "k6";
}
