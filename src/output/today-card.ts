import { localDay } from "../domain/time/local-day.ts";
import type { ZonedTime } from "../domain/time/timestamp.ts";
import type { ActivityById } from "./activity-names.ts";
import { fitLine } from "./fit-line.ts";
import { formatClock, formatLongDate, timeOfDay } from "./moment.ts";
import { moodsOfDay } from "./moods-of-day.ts";
import { prose } from "./prose.ts";
import type { Line, TerminalStyle } from "./terminal-style.ts";
import { dueWords, type ShownDay, syncWords } from "./today-lines.ts";
import { type Week, weekStrip } from "./week-strip.ts";

export interface TodayCard {
  day: ShownDay;
  week: Week;
  activities: ActivityById;
  now: ZonedTime;
  dayStartMs: number;
  /** Commands to go on with, and what each is for; none in a pipe. */
  hints: readonly (readonly [command: string, meaning: string])[];
}

/** Below this a hint has no room for what it is for. */
const LEAST_EXPLAINED_COLUMNS = 60;
const NAME_COLUMNS = "Sync  ".length;

/** The day at a glance: its moods, the week, what is due, sync, and what to type. No note, no score. */
export function todayCard(card: TodayCard, columns: number, style: TerminalStyle): Line[] {
  const { day, now } = card;
  const empty = style.line("");
  const facts = [
    ...dueWords(day, now).map((text, index) => [index === 0 ? "Due" : "", text] as const),
    ["Sync", syncWords(day.sync, now)] as const,
    ...(day.sync.problem ? [["", day.sync.problem] as const] : []),
  ];
  const moods = moodsOfDay({ moods: day.moods, activities: card.activities }, columns, style);
  const week = weekStrip(card.week, columns, style);
  if (style.isPlain) {
    return [
      style.line(`${headOf(card)}, ${formatClock(now)}.`),
      ...moods,
      ...week,
      ...facts.map(([name, text]) => style.line(`${name === "" ? "" : `${name}: `}${sentence(text)}`)),
    ];
  }
  return [
    fitLine(columns, ["  ", style.bold(headOf(card)), "  ", formatClock(now)], style),
    empty,
    ...moods,
    empty,
    ...week,
    empty,
    ...facts.flatMap(([name, text]) =>
      prose(text, columns - 2 - NAME_COLUMNS, style).map((line, index) =>
        style.line(
          "  ",
          style.bold(index === 0 ? name : ""),
          " ".repeat(NAME_COLUMNS - (index === 0 ? name.length : 0)),
          line,
        ),
      ),
    ),
    ...(card.hints.length > 0 ? [empty, ...hintLines(card.hints, columns, style)] : []),
  ];
}

/** Where nothing was ever logged. */
export function firstCard(hints: TodayCard["hints"], columns: number, style: TerminalStyle): Line[] {
  const margin = style.isPlain ? "" : "  ";
  const words = [
    "Hello. This keeps how you are, day by day, on this device.",
    "No account, no network, nothing to set up.",
  ];
  const lines = words.flatMap((text) =>
    prose(text, columns - margin.length, style).map((line) => style.line(margin, line)),
  );
  return hints.length === 0 ? lines : [...lines, style.line(""), ...hintLines(hints, columns, style)];
}

function hintLines(hints: TodayCard["hints"], columns: number, style: TerminalStyle): Line[] {
  if (style.isPlain) return hints.map(([command, meaning]) => style.line(`${command}: ${meaning}.`));
  const width = Math.max(...hints.map(([command]) => command.length));
  return hints.map(([command, meaning]) => {
    const text = columns < LEAST_EXPLAINED_COLUMNS ? command : `${command.padEnd(width)}  ${meaning}`;
    return fitLine(columns, ["  ", style.dim(text)], style);
  });
}

/** After midnight and before the day begins it is still the day before. */
function headOf({ now, dayStartMs }: TodayCard): string {
  const day = localDay(now, dayStartMs);
  const date = formatLongDate(timeOfDay(day), now);
  return day === localDay(now, 0) ? date : `Still ${date}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
