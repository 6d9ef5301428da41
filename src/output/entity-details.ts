import type { Activity } from "../domain/entities/activity.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { moodName } from "../domain/entities/mood-name.ts";
import type { Schedule } from "../domain/entities/schedule.ts";
import { parseTimestamp, type ZonedTime } from "../domain/time/timestamp.ts";
import { activityName } from "./activity-names.ts";
import { dateWords } from "./date-words.ts";
import { detailFields, type EntityDetails } from "./detail-fields.ts";
import { moodText, scoreText } from "./entity-line.ts";
import { fitLine, shownText, widthOf } from "./fit-line.ts";
import { formatClock } from "./moment.ts";
import { levelOf } from "./palette.ts";
import { WIDEST_PROSE } from "./prose.ts";
import { storedAnswersInWords } from "./questionnaire/questions-in-words.ts";
import { type Line, type Part, type TerminalStyle, verbatim } from "./terminal-style.ts";
import { terminalText } from "./terminal-text.ts";
import { wrapWords } from "./wrap-words.ts";

/** A time that is in no year of an entry, so that all of them say theirs. */
const NO_YEAR: ZonedTime = { ms: 0, offsetMinutes: 0 };

/** Everything an entity holds: what it is, one field a line, a note below. */
export function entityDetails(details: EntityDetails, columns: number, style: TerminalStyle): Line[] {
  const fields = detailFields(details, style);
  const note = details.entityType === "MoodEntry" ? (details.entity as MoodEntry).note : null;
  const questions =
    details.entityType === "AssessmentEntry" ? storedAnswersInWords(details.entity as AssessmentEntry) : [];
  if (style.isPlain) {
    return [
      style.line(...headOf(details, style), "."),
      ...fields.map(([name, value]) => style.line(`${name}: `, ...value, ".")),
      ...questions.map((question) => style.line(question)),
      ...(note === null
        ? []
        : [style.line("note:"), ...note.split("\n").map((line) => style.line(verbatim(line)))]),
    ];
  }
  const width = Math.max(...fields.map(([name]) => name.length));
  const empty = style.line("");
  return [
    widthOf(headOf(details, style), style) <= columns
      ? style.line(...headOf(details, style))
      : fitLine(columns, headOf(details, style, { isShort: true }), style),
    empty,
    ...fields.flatMap(([name, value]) => fieldLines(name.padEnd(width), value, columns, style)),
    ...(note === null ? [] : [empty, ...noteLines(note, columns, style)]),
    ...(questions.length === 0 ? [] : [empty, ...questionLines(questions, columns, style)]),
  ];
}

function headOf(
  { entityType, entity }: EntityDetails,
  style: TerminalStyle,
  { isShort } = { isShort: false },
): Part[] {
  const moment = (text: string): Part => {
    const time = parseTimestamp(text)!;
    const date = dateWords(time, NO_YEAR, { weekday: true, long: !isShort });
    return style.bold(`${date}, ${formatClock(time)}`);
  };
  switch (entityType) {
    case "MoodEntry": {
      const { value, recorded_at } = entity as MoodEntry;
      if (style.isPlain) return [`Mood ${moodText(value)}, `, moment(recorded_at)];
      return [style.chip(levelOf(value)), ` ${moodName(value)}   `, moment(recorded_at)];
    }
    case "AssessmentEntry": {
      const { assessment_type, score, severity, taken_at } = entity as AssessmentEntry;
      if (style.isPlain)
        return [verbatim(`${assessment_type} ${scoreText({ score, severity })}`), ", ", moment(taken_at)];
      const what = severity === "" ? assessment_type : `${assessment_type} ${severity}`;
      return [style.bold(String(score).padStart(2).padEnd(3)), " ", verbatim(what), "   ", moment(taken_at)];
    }
    case "Activity":
      return [
        ...(style.isPlain ? ["Activity "] : []),
        ...activityName(entity as Activity, style).map((cell) => style.bold(cell)),
      ];
    case "Schedule": {
      const { assessment_type, frequency } = entity as Schedule;
      return [style.bold(verbatim(assessment_type)), ` ${frequency.toLowerCase()}`];
    }
  }
}

/** A value that has no room goes on below itself. */
function fieldLines(name: string, value: readonly Part[], columns: number, style: TerminalStyle): Line[] {
  const room = Math.max(1, columns - name.length - 4);
  if (widthOf(value, style) <= room) return [style.line("  ", name, "  ", ...value)];
  return wrapWords(shownText(value, style), room).map((line, index) =>
    fitLine(columns, ["  ", index === 0 ? name : " ".repeat(name.length), "  ", verbatim(line)], style),
  );
}

/** The questions of an assessment with their answers, each from its number on. */
function questionLines(questions: readonly string[], columns: number, style: TerminalStyle): Line[] {
  const indent = "      ";
  const room = Math.max(1, Math.min(columns, WIDEST_PROSE) - indent.length);
  return questions.flatMap((question) => {
    const [, number, text] = /^(\d+\.) (.*)$/.exec(question) ?? ["", "", question];
    const lines = columns === Number.POSITIVE_INFINITY ? [text!] : wrapWords(style.words(text!), room);
    return lines.map((line, index) =>
      style.line((index === 0 ? `  ${number}` : "").padEnd(indent.length), line),
    );
  });
}

function noteLines(note: string, columns: number, style: TerminalStyle): Line[] {
  const room = Math.max(1, Math.min(columns - 2, WIDEST_PROSE));
  return terminalText(note)
    .split("\n")
    .flatMap((line) => (columns === Number.POSITIVE_INFINITY ? [line] : wrapWords(line, room)))
    .map((line) => style.line(line === "" ? "" : "  ", verbatim(line)));
}
