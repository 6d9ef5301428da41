import { findInstrument } from "../../assessments/find-instrument.ts";
import { localDay } from "../../domain/time/local-day.ts";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import type { ActivityById } from "../activity-names.ts";
import { comingDate } from "../due-lines.ts";
import { fitLine, padParts, widthOf } from "../fit-line.ts";
import { formatClock, formatLongDate, timeOfDay } from "../moment.ts";
import { moodsOfDay } from "../moods-of-day.ts";
import { prose } from "../prose.ts";
import { type Line, type Part, type TerminalStyle, verbatim } from "../terminal-style.ts";
import { recentMoment, type ShownDay } from "../today-lines.ts";
import { type Week, weekRow } from "../week-strip.ts";
import type { Block } from "./blocks.ts";
import { moodTiles } from "./mood-tiles.ts";

export interface TodayBlocks {
  day: Omit<ShownDay, "sync">;
  week: Week;
  activities: ActivityById;
  now: ZonedTime;
  dayStartMs: number;
}

const MARGIN = "  ";
/** Columns of the names of assessments. */
const NAME_COLUMNS = 7;

/** The view Today: the five moods, the week, the entries of the day, and what is due. The tiles stand from the third row
 *  on. */
export function todayBlocks(shown: TodayBlocks, columns: number, style: TerminalStyle): Block[] {
  const { day, now } = shown;
  const heading = (text: string) => style.line(MARGIN, style.bold(text));
  return [
    { lines: [questionLine(shown, columns, style)], gap: 0 },
    { lines: moodTiles(columns, style) },
    { lines: weekRow(shown.week, columns, style) },
    {
      lines: [
        heading("Today"),
        ...moodsOfDay({ moods: day.moods, activities: shown.activities }, columns, style, {
          isClockFirst: true,
        }),
      ],
    },
    { lines: [heading("Due"), ...dueBlock(day, now, columns, style)] },
  ];
}

/** Before anything was logged: what this is, the five moods, and where entries can come from. */
export function firstRunBlocks(columns: number, style: TerminalStyle): Block[] {
  const text = (words: string) =>
    prose(words, columns - 2 * MARGIN.length, style).map((line) => style.line(MARGIN, line));
  return [
    {
      lines: [
        fitLine(
          columns,
          [MARGIN, style.bold("Hello."), " This keeps how you are, day by day, on this device."],
          style,
        ),
        ...text("No account, no network, nothing to set up."),
      ],
      gap: 0,
    },
    { lines: [style.line(MARGIN, style.bold("How are you?"))] },
    { lines: moodTiles(columns, style) },
    { lines: text("Press 1 to 5. It is stored at once, and u takes it back.") },
    {
      lines: text(
        "Coming from another app? moodsync import shows what it found before it writes anything. Daylio, Bearable, Apple Health, How We Feel, Pixels, jrnl.",
      ),
      isExtra: true,
    },
  ];
}

/** "How are you?", and at the right which day it is; late at night it is still the day before. */
function questionLine({ now, dayStartMs }: TodayBlocks, columns: number, style: TerminalStyle): Line {
  const day = localDay(now, dayStartMs);
  const date = formatLongDate(timeOfDay(day), now);
  const isLate = day !== localDay(now, 0);
  const when = `${isLate ? "still " : ""}${date}, ${formatClock(now)}`;
  const question: Part[] = [MARGIN, style.bold("How are you?")];
  const room = Math.min(columns, 80) - 2 - widthOf(question, style) - when.length;
  return fitLine(columns, [...question, " ".repeat(Math.max(2, room)), style.dim(when)], style);
}

/** What is due with the time that it takes, and what comes next. */
function dueBlock(
  { due, next }: Pick<ShownDay, "due" | "next">,
  now: ZonedTime,
  columns: number,
  style: TerminalStyle,
): Line[] {
  if (due.length === 0) {
    return [
      next
        ? fitLine(
            columns,
            [
              MARGIN,
              "Nothing is due. Next: ",
              verbatim(next.assessmentType),
              `, ${comingDate(next.dueAt, now)}.`,
            ],
            style,
          )
        : style.line(MARGIN, "nothing"),
    ];
  }
  const name = (type: string, weight: (part: Part) => Part) => [
    MARGIN,
    ...padParts(NAME_COLUMNS, [weight(verbatim(type))], style),
  ];
  const plain = (part: Part) => part;
  return [
    ...due.map(({ assessmentType, dueAt }, index) => {
      const questions = findInstrument(assessmentType)?.questions;
      const begins = index === 0 && questions ? ["   ", style.bold("d"), " begins"] : [];
      const since = `since ${recentMoment(dueAt, now)}`;
      const ways = questions
        ? [
            `${since} · ${questions.items.length} questions, ${questions.duration}`,
            `${since} · ${questions.duration}`,
          ]
        : [since];
      const rows = ways.map((way) => [...name(assessmentType, plain), way, ...begins]);
      return fitLine(columns, rows.find((parts) => widthOf(parts, style) <= columns) ?? rows.at(-1)!, style);
    }),
    ...(next
      ? [
          fitLine(
            columns,
            [...name(next.assessmentType, style.dim), style.dim(awayWords(next.dueAt, now))],
            style,
          ),
        ]
      : []),
  ];
}

/** "in 9 days". */
function awayWords(dueAt: ZonedTime, now: ZonedTime): string {
  const days = localDay(dueAt, 0) - localDay(now, 0);
  return days <= 0 ? `today ${formatClock(dueAt)}` : days === 1 ? "tomorrow" : `in ${days} days`;
}
