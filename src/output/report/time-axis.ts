import { lengthOf, type Span } from "../../insights/day.ts";
import { datePartsOf, monthName } from "../day-words.ts";
import { px } from "./figure.ts";
import { type Html, html } from "./html.ts";

/** Days from left to right. */
export interface TimeScale {
  span: Span;
  left: number;
  right: number;
}

/** The middle of a day. */
export function xOfDay(day: number, { span, left, right }: TimeScale): number {
  return left + ((day - span.from + 0.5) / lengthOf(span)) * (right - left);
}

const PX_OF_NAME = 52;
const MONTHS_APART = [1, 2, 3, 6, 12, 24, 60, 120];

/** A line with a tick for each month and the names of as many as there is room for. */
export function timeAxis(scale: TimeScale, y: number): Html {
  const { left, right, span } = scale;
  const firsts = firstsOfMonths(span);
  const pxOfMonth = (30.44 / lengthOf(span)) * (right - left);
  const apart = MONTHS_APART.find((months) => months * pxOfMonth >= PX_OF_NAME) ?? 240;
  const isLong = lengthOf(span) > 366;
  const isShort = lengthOf(span) <= 120;
  return html`<path d="M${px(left)} ${px(y)}H${px(right)}" stroke="#14181f" stroke-width="0.8"/>${firsts
    .filter(({ months }) => apart < 24 || months % 12 === 0)
    .map(({ day, months }) => {
      const x = px(xOfDay(day, scale) - 0.5 * ((right - left) / lengthOf(span)));
      const isNamed = months % apart === 0;
      return html`<path d="M${x} ${px(y)}v${isNamed ? 5 : 3}" stroke="#14181f" stroke-width="0.8"/>${
        isNamed && Number(x) > left + 10 && Number(x) < right - 10
          ? html`<text x="${x}" y="${px(y + 14)}" text-anchor="middle">${isShort ? "1 " : ""}${nameOf(months, isLong)}</text>`
          : html``
      }`;
    })}`;
}

/** The first day of each month that begins in the span, and how many months that is since the year 0. */
function firstsOfMonths(span: Span): { day: number; months: number }[] {
  const firsts: { day: number; months: number }[] = [];
  for (let day = span.from; day <= span.to; day++) {
    const { year, month, date } = datePartsOf(day);
    if (date === 1) firsts.push({ day, months: year * 12 + month });
  }
  return firsts;
}

function nameOf(months: number, isLong: boolean): string {
  const name = monthName(months % 12);
  return isLong ? `${name} ${Math.floor(months / 12)}` : name;
}
