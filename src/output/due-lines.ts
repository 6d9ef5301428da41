import { localDay } from "../domain/time/local-day.ts";
import type { ZonedTime } from "../domain/time/timestamp.ts";
import { fitLine, padParts, widthOf } from "./fit-line.ts";
import { formatClock, formatDate, formatMoment } from "./moment.ts";
import { type Line, type TerminalStyle, verbatim } from "./terminal-style.ts";
import { singleLine } from "./terminal-text.ts";

interface ShownDue {
  assessmentType: string;
  dueAt: ZonedTime;
}

export interface DueList {
  /** With the command that takes it; empty where there is none. */
  due: readonly (ShownDue & { isOverdue: boolean; command: string })[];
  next: ShownDue | null;
  now: ZonedTime;
}

const STATES = ["overdue", "due", "next"] as const;
const STATE_COLUMNS = Math.max(...STATES.map((state) => state.length));

/** A name of somebody's own may be longer than a line. */
const MOST_NAME_COLUMNS = 20;

/** What is due, the one that waits longest first. On a terminal also how it is taken, and what comes next. */
export function dueLines({ due, next, now }: DueList, columns: number, style: TerminalStyle): Line[] {
  if (due.length === 0) {
    return [
      next
        ? style.line(
            "Nothing is due. Next: ",
            verbatim(next.assessmentType),
            `, ${comingDate(next.dueAt, now)}.`,
          )
        : style.line("Nothing is due. `moodsync schedule add PHQ-9 biweekly` plans an assessment."),
    ];
  }
  const shownNext = style.isTerminal ? next : null;
  const rows = [
    ...due.map((one) => ({
      name: singleLine(one.assessmentType),
      state: one.isOverdue ? STATES[0] : STATES[1],
      when: `since ${formatMoment(one.dueAt, now)}`,
      command: style.isTerminal ? one.command : "",
    })),
    ...(shownNext
      ? [
          {
            name: singleLine(shownNext.assessmentType),
            state: STATES[2],
            when: nextText(shownNext.dueAt, now),
            command: "",
          },
        ]
      : []),
  ];
  if (style.isPlain) {
    return rows.map(({ name, state, when, command }) =>
      style.line(verbatim(name), `: ${state} ${when}.${command === "" ? "" : ` ${command}`}`),
    );
  }
  const longest = Math.max(...rows.map(({ name }) => widthOf([verbatim(name)], style)));
  const nameColumns = columns === Number.POSITIVE_INFINITY ? longest : Math.min(longest, MOST_NAME_COLUMNS);
  const whenColumns = Math.max(
    ...rows.filter(({ command }) => command !== "").map(({ when }) => when.length),
    0,
  );
  return rows.map(({ name, state, when, command }) => {
    const weight = state === STATES[2] ? style.dim : style.bold;
    const rest = `  ${state.padEnd(STATE_COLUMNS)}  ${command === "" ? when : `${when.padEnd(whenColumns)}   ${command}`}`;
    const named = padParts(nameColumns, [weight(verbatim(name))], style);
    return fitLine(columns, [...named, state === STATES[2] ? style.dim(rest) : rest], style);
  });
}

/** When something comes that is not due yet: "today 12:00", else its date. */
export function comingDate(time: ZonedTime, now: ZonedTime): string {
  return localDay(time, 0) === localDay(now, 0) ? `today ${formatClock(time)}` : formatDate(time, now);
}

function nextText(dueAt: ZonedTime, now: ZonedTime): string {
  const days = localDay(dueAt, 0) - localDay(now, 0);
  const away = days <= 0 ? "today" : days === 1 ? "tomorrow" : `in ${days} days`;
  return `${formatMoment(dueAt, now)}, ${away}`;
}
