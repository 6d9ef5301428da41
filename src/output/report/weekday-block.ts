import type { Weekday, WeekdayPattern } from "../../insights/weekdays.ts";
import { LONG_WEEKDAY_NAMES, WEEKDAY_NAMES } from "../day-words.ts";
import { oneDecimal } from "../number-words.ts";
import { inWeek, needsWeeks, verdictWords } from "../weekday-lines.ts";
import { figure, px } from "./figure.ts";
import { type Html, html } from "./html.ts";

const WIDTH = 326;
const LEFT = 36;
const RIGHT = 262;
const TOP = 24;
const PX_OF_ROW = 14;

/** The mean of each weekday with its interval, or how many weeks there must be. */
export function weekdayBlock(pattern: WeekdayPattern, weekStart: "monday" | "sunday"): Html {
  if (pattern.status === "needs weeks") return html`<p>${needsWeeks(pattern)}</p>`;
  const verdict = verdictWords(pattern);
  const legend = `Mean with 95 % CI; mean · days. ${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}.`;
  const weekdays = inWeek(pattern.weekdays, weekStart);
  return html`${figure({
    id: "weekdays",
    width: WIDTH,
    height: TOP + 7 * PX_OF_ROW,
    title: "Mood by weekday",
    description: `The mean of each weekday with its 95 % interval, from 1 awful to 5 great: ${verdict}.`,
    drawing: html`${[1, 2, 3, 4, 5].map(
      (value) =>
        html`<text x="${px(xOf(value))}" y="10" text-anchor="middle">${value}</text><path d="M${px(xOf(value))} 16V${TOP + 7 * PX_OF_ROW - 4}" stroke="#d9dce0" stroke-width="0.8"/>`,
    )}${weekdays.map((weekday, index) => rowOf(weekday, TOP + index * PX_OF_ROW))}`,
    data: {
      head: ["Weekday", "Mean", "95 % interval", "Days"],
      rows: weekdays.map(({ weekday, mean, interval, days }) => [
        LONG_WEEKDAY_NAMES[weekday]!,
        mean === null ? "no entry" : oneDecimal(mean),
        interval ? `${oneDecimal(interval[0])} to ${oneDecimal(interval[1])}` : "needs 4 days",
        String(days),
      ]),
    },
  })}<p class="quiet">${legend}</p>`;
}

function xOf(value: number): number {
  return LEFT + ((Math.min(5, Math.max(1, value)) - 1) / 4) * (RIGHT - LEFT);
}

function rowOf({ weekday, mean, interval, days }: Weekday, y: number): Html {
  const name = html`<text x="0" y="${px(y + 3.5)}">${WEEKDAY_NAMES[weekday]!}</text>`;
  if (mean === null)
    return html`${name}<text class="soft" x="${WIDTH}" y="${px(y + 3.5)}" text-anchor="end">no entry</text>`;
  const line = interval
    ? html`<path d="M${px(xOf(interval[0]))} ${px(y)}H${px(xOf(interval[1]))}" stroke="#14181f" stroke-width="1.5"/>`
    : html``;
  return html`${name}${line}<circle cx="${px(xOf(mean))}" cy="${px(y)}" r="3" fill="#14181f"/><text x="${WIDTH}" y="${px(y + 3.5)}" text-anchor="end">${`${oneDecimal(mean)} · ${days}`}</text>`;
}
