import type { ActivityComparison, ActivityDifference, ActivityFigures } from "../../insights/activities.ts";
import { isTooEarly, NEEDED_WORDS, needsWords, TIED } from "../activity-words.ts";
import { truncate } from "../display-width.ts";
import { counted, oneDecimal, signed } from "../number-words.ts";
import { figure, px } from "./figure.ts";
import { type Html, html } from "./html.ts";

const WIDTH = 326;
const MIDDLE = 147;
const HALF = 68;
const TOP = 26;
const PX_OF_ROW = 16;
const LABEL_COLUMNS = 13;
/** How many that wait for days are named where none can be compared. */
const WAITING_SHOWN = 5;

type Compared = ActivityFigures & { result: ActivityDifference };

/** The differences of the days with an activity and those without, `most` of them, or what they wait for. */
export function activityBlock(
  comparison: ActivityComparison,
  { id, most }: { id: string; most: number },
): Html {
  const compared = comparison.figures.filter((one): one is Compared => one.result.status === "compared");
  if (compared.length === 0) return waitingBlock(comparison);
  const shown = compared.slice(0, most);
  const furthest = Math.max(...shown.flatMap(({ result }) => result.interval.map(Math.abs)));
  const high = furthest <= 1.05 ? 1 : furthest <= 2.05 ? 2 : 4;
  const bottom = TOP + shown.length * PX_OF_ROW - 6;
  return html`${figure({
    id,
    width: WIDTH,
    height: bottom + 4,
    title: "Difference of daily means with and without an activity",
    description: "Each with its 95 % interval, weekday-adjusted. Associations; they can run either way.",
    drawing: html`${[-high, 0, high].map(
      (value) =>
        html`<text x="${px(xOf(value, high))}" y="10" text-anchor="middle">${value === 0 ? "0" : signed(value).replace(".0", "")}</text>`,
    )}<path d="M${MIDDLE} 16V${bottom}" stroke="#5b616b" stroke-width="0.8"/>${shown.map((one, index) =>
      rowOf(one, TOP + index * PX_OF_ROW, high),
    )}`,
    data: {
      head: ["Activity", "Difference", "95 % interval", "Days with", "Days without", "Stands out"],
      rows: shown.map(({ activity, daysWith, daysWithout, result }) => [
        activity.label,
        signed(result.difference),
        rangeWords(result),
        String(daysWith),
        String(daysWithout),
        result.standsOut ? "yes" : "no",
      ]),
    },
  })}<p class="quiet">Difference of daily means with and without, weekday-adjusted, 95 % CI; filled: the interval leaves out 0, corrected for looking at ${comparison.lookedAt}. ${exampleWords(shown[0]!)} These are associations; they can run either way.${togetherWords(comparison)}</p>`;
}

function xOf(value: number, high: number): number {
  return MIDDLE + (Math.min(high, Math.max(-high, value)) / high) * HALF;
}

function rangeWords({ interval }: ActivityDifference): string {
  return `${signed(interval[0])} to ${signed(interval[1])}`;
}

function rowOf({ activity, result }: Compared, y: number, high: number): Html {
  const weight = result.standsOut ? "strong" : "plain";
  const [low, top] = result.interval;
  return html`<text class="${weight}" x="0" y="${px(y + 3.5)}">${truncate(activity.label, LABEL_COLUMNS)}</text><path d="M${px(xOf(low, high))} ${px(y)}H${px(xOf(top, high))}" stroke="#14181f" stroke-width="1.5"/><circle cx="${px(xOf(result.difference, high))}" cy="${px(y)}" r="3" fill="${result.standsOut ? "#14181f" : "#ffffff"}" stroke="#14181f" stroke-width="1.4"/><text x="${WIDTH}" y="${px(y + 3.5)}" text-anchor="end"><tspan class="${weight}">${signed(result.difference)}</tspan> (${rangeWords(result)})</text>`;
}

/** "On 19 days with friends mood averaged 3.6, on 63 without 3.0." */
function exampleWords({ activity, daysWith, daysWithout, result }: Compared): string {
  return `On ${counted(daysWith, "day")} with ${truncate(activity.label, 40)} mood averaged ${oneDecimal(result.meanWith)}, on ${daysWithout} without ${oneDecimal(result.meanWithout)}.`;
}

function togetherWords({ together }: ActivityComparison): string {
  return together
    .map((labels) => ` ${labels.join(" and ")} are always on the same days, so they cannot be separated.`)
    .join("");
}

function waitingBlock(comparison: ActivityComparison): Html {
  const waiting = comparison.figures.slice(0, WAITING_SHOWN);
  const why = isTooEarly(comparison) ? "Not enough days yet." : "None can be compared.";
  return html`<p>${why} ${NEEDED_WORDS}</p>
${waiting.map(({ activity, daysWith, daysWithout, result }) => {
  const words = result.status === "needs days" ? needsWords(result) : TIED;
  return html`<p class="quiet">${truncate(activity.label, 40)}: ${daysWith} with, ${daysWithout} without; ${words}.</p>`;
})}`;
}
