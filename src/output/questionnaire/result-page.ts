import type { AssessmentEntry } from "../../domain/entities/assessment-entry.ts";
import { parseTimestamp, type ZonedTime } from "../../domain/time/timestamp.ts";
import { dateWords } from "../date-words.ts";
import { formatClock } from "../moment.ts";
import type { KeyHelp } from "../screen/keys-line.ts";
import type { TerminalStyle } from "../terminal-style.ts";
import { named, type Page, prose, type Size } from "./page.ts";
import { answersInWords, storedSentence } from "./questions-in-words.ts";
import {
  changeWords,
  comparedWith,
  highestScore,
  NO_DIAGNOSIS,
  nextSensible,
  overlapSentence,
  type ShownResult,
  scoringNote,
  supportLine,
} from "./result-facts.ts";
import { noticeOpening } from "./safety-page.ts";
import { scoreAxis } from "./score-axis.ts";

/** From this width on the axis has the names of the bands. */
const NAMES_FROM_COLUMNS = 76;
const KEYS: readonly KeyHelp[] = [
  ["?", "keys"],
  ["Enter", "done"],
  ["v", "your answers"],
  ["u", "take back"],
];

/** A result that was stored. `hasNotice`: an item about harming oneself was answered with more than "not at all". */
export function resultPage(
  shown: ShownResult,
  given: { now: ZonedTime; hasNotice: boolean; problem: string | undefined },
  size: Size,
  style: TerminalStyle,
): Page {
  const { instrument, assessment, overlap } = shown;
  const { now, hasNotice, problem } = given;
  const { score, severity } = assessment;
  const text = (words: string) => prose(words, size, style);
  const headline = [`${score} of ${highestScore(shown)}`, severity].filter((word) => word !== "").join("   ");
  const note = scoringNote(shown);
  return {
    head: { name: instrument.name, at: momentOf(assessment) },
    blocks: [
      ...(hasNotice ? [{ lines: noticeOpening(size, style) }] : []),
      {
        lines: [
          ...prose(headline, size, style, style.bold),
          ...(note === "" ? [] : text(note)),
          ...(instrument.cutOff === undefined ? [] : text(instrument.cutOff)),
        ],
      },
      { lines: [...axisOf(shown, size, style), legendOf(shown, now, style)], isExtra: true },
      { lines: factLines(shown, now, size, style) },
      ...(overlap ? [{ lines: text(overlapSentence(overlap)) }] : []),
      { lines: text(NO_DIAGNOSIS) },
      ...supportLine(shown).map((line) => ({ lines: prose(line, size, style, style.dim) })),
    ],
    message: problem ?? `${style.glyphs.done} ${storedSentence(shown, now)}`,
    keys: KEYS,
  };
}

/** The questions of a result with their answers, from the `first` line on; `lastFirst` is the highest of these. */
export function answersPage(
  shown: ShownResult,
  first: number,
  size: Size,
  style: TerminalStyle,
): { page: Page; lastFirst: number } {
  const { instrument, assessment } = shown;
  const lines = answersInWords(instrument, assessment).flatMap((line) => prose(line, size, style));
  const room = size.rows - 5;
  const lastFirst = Math.max(0, lines.length - room);
  const from = Math.min(first, lastFirst);
  return {
    lastFirst,
    page: {
      head: { name: instrument.name, at: "your answers" },
      blocks: [{ lines: lines.slice(from, from + room) }],
      keys: [["Enter", "back"], ...(lastFirst > 0 ? [["↑↓", "move"] as const] : [])],
    },
  };
}

function momentOf(assessment: AssessmentEntry): string {
  const taken = parseTimestamp(assessment.taken_at)!;
  const never = { ms: 0, offsetMinutes: 0 }; // always with the year
  return `${dateWords(taken, never, { weekday: true, long: false })}, ${formatClock(taken)}`;
}

function axisOf(shown: ShownResult, size: Size, style: TerminalStyle) {
  const { instrument, assessment, last } = shown;
  const max = highestScore(shown);
  return scoreAxis(
    {
      min: instrument.score.min,
      max,
      bands: instrument.bands,
      now: assessment.score,
      before: last && last.entry.score <= max ? last.entry.score : null,
      hasNames: size.columns >= NAMES_FROM_COLUMNS,
    },
    style,
  );
}

function legendOf({ instrument, last }: ShownResult, now: ZonedTime, style: TerminalStyle) {
  const { glyphs } = style;
  const before = last
    ? `   ${glyphs.before} ${dateWords(parseTimestamp(last.entry.taken_at)!, now, { weekday: false, long: false })}`
    : "";
  return style.line("  ", style.dim(`${glyphs.day} now${before}   higher is ${instrument.higherIs}`));
}

/** What it is compared with, and when it makes sense again: names, then differences, then words. */
function factLines(shown: ShownResult, now: ZonedTime, size: Size, style: TerminalStyle) {
  const { instrument, assessment } = shown;
  const compared = comparedWith(shown).map(({ entry, change }) => ({
    name: `since ${dateWords(parseTimestamp(entry.taken_at)!, now, { weekday: false, long: false })}`,
    points: pointsText(change.points, style),
    words: changeWords(shown, entry, assessment, change),
  }));
  const nameColumns = Math.max(12, ...compared.map(({ name }) => name.length)) + 3;
  const pointColumns = Math.max(0, ...compared.map(({ points }) => points.length)) + 3;
  const next = dateWords(nextSensible(shown), now, { weekday: true, long: false });
  return [
    ...named(
      compared.map(({ name, points, words }) => ({
        name: [name.padEnd(nameColumns), style.bold(points)],
        text: words,
      })),
      size,
      style,
      nameColumns + pointColumns,
    ),
    ...named(
      [{ name: ["next"], text: `from ${next}; the questions look back ${instrument.recallWords}` }],
      size,
      style,
      nameColumns,
    ),
  ];
}

function pointsText(points: number, { glyphs }: TerminalStyle): string {
  if (points === 0) return "0";
  return `${points < 0 ? glyphs.minus : "+"}${Math.abs(points)}`;
}
