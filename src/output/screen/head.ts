import type { ZonedTime } from "../../domain/time/timestamp.ts";
import { weekdayOf } from "../date-words.ts";
import { displayWidth } from "../display-width.ts";
import { fitLine, widthOf } from "../fit-line.ts";
import { formatClock } from "../moment.ts";
import { BARS, type Level } from "../palette.ts";
import type { Line, Part, TerminalStyle } from "../terminal-style.ts";
import { recentMoment, type ShownDay } from "../today-lines.ts";

/** Rows of the head. */
export const HEAD_ROWS = 2;

/** What stands at the top of every view. */
export interface ScreenHead {
  /** Names of the views, in their order. */
  views: readonly string[];
  open: number;
  /** Said at the right; see `syncSign`. */
  sync: readonly Part[];
}

/** The mark, the views, how sync stands; and a rule that is heavy below the open view. Where there is no room for
 *  everything, how sync stands goes first. */
export function screenHead({ views, open, sync }: ScreenHead, columns: number, style: TerminalStyle): Line[] {
  const { glyphs } = style;
  const places = tabPlaces(views, open, style);
  const names = views.flatMap((name, index): Part[] => [
    index === 0 ? "" : "   ",
    index === open ? style.bold(tabText(name, true, style)) : name,
  ]);
  const left: Part[] = [...logo(style), ...names];
  const room = columns - 1 - widthOf(left, style) - widthOf(sync, style);
  const { from, to } = places[open] ?? { from: 1, to: 1 };
  return [
    fitLine(columns - 1, room >= 2 ? [...left, " ".repeat(room), ...sync] : left, style),
    style.line(
      " ",
      style.dim(glyphs.rule.repeat(from - 1)),
      glyphs.openRule.repeat(to - from),
      style.dim(glyphs.rule.repeat(Math.max(0, columns - 1 - to))),
    ),
  ];
}

/** The view whose name stands at a column of the first row; null: none does. */
export function viewAt(
  column: number,
  { views, open }: Pick<ScreenHead, "views" | "open">,
  style: TerminalStyle,
): number | null {
  const found = tabPlaces(views, open, style).findIndex(({ from, to }) => column >= from && column < to);
  return found < 0 ? null : found;
}

function tabPlaces(
  views: readonly string[],
  open: number,
  style: TerminalStyle,
): { from: number; to: number }[] {
  let column = widthOf(logo(style), style);
  return views.map((name, index) => {
    const from = column;
    const to = from + displayWidth(tabText(name, index === open, style));
    column = to + 3;
    return { from, to };
  });
}

function tabText(name: string, isOpen: boolean, { isAscii }: TerminalStyle): string {
  return isOpen && isAscii ? `[${name}]` : name;
}

/** Five bars in the colours of the moods, where signs are more than ASCII, and the name. */
function logo(style: TerminalStyle): Part[] {
  const bars = style.isAscii ? [] : BARS.map((bar, index) => style.mark((index + 1) as Level, bar));
  return [" ", ...bars, bars.length > 0 ? " " : "", style.bold("moodsync"), "   "];
}

/** How sync stands, in a few words: "✓ synced 18:39", "↑ 2 pending", "syncing", "! no sync since Tue", "on this device". */
export function syncSign(
  sync: ShownDay["sync"],
  { isRunning, now }: { isRunning: boolean; now: ZonedTime },
  style: TerminalStyle,
): Part[] {
  if (isRunning) return ["syncing"];
  if (!sync.enabled) return ["on this device"];
  const last =
    sync.lastSuccessAtMs === null ? null : { ms: sync.lastSuccessAtMs, offsetMinutes: now.offsetMinutes };
  if (sync.problem !== null) {
    return [
      style.inverse(style.glyphs.problem),
      last ? ` no sync since ${shortMoment(last, now)}` : " not synced yet",
    ];
  }
  if (sync.pending > 0 || last === null) return [`${style.isAscii ? "" : "↑ "}${sync.pending} pending`];
  return [`${style.glyphs.done} synced ${shortMoment(last, now)}`];
}

/** A past time: its clock of today, its weekday of the last days, else its date. */
function shortMoment(time: ZonedTime, now: ZonedTime): string {
  const hours = (now.ms - time.ms) / 3_600_000;
  if (recentMoment(time, now) === formatClock(time)) return formatClock(time);
  return hours < 6 * 24
    ? weekdayOf(time).slice(0, 3)
    : recentMoment(time, now).split(" ").slice(0, 3).join(" ");
}
