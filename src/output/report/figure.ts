import { type Html, html, when } from "./html.ts";

/** What a figure shows, as a table. The first cell of a row names it. */
export interface FigureData {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

export interface Figure {
  /** Of its own on the page. */
  id: string;
  width: number;
  height: number;
  title: string;
  description: string;
  drawing: Html;
  data: FigureData;
  /** Whether a narrow screen moves it sideways, by keys too, rather than making it too small to read. */
  isWide?: boolean;
}

/** A drawing with its words, and beside it the same figures as a table that only screen readers see. A pixel of the
 *  drawing is one of CSS at the width of a printed page. */
export function figure(given: Figure): Html {
  const { id, width, height, title, description, drawing, data, isWide = false } = given;
  return html`<div class="figure">${when(isWide, () => html`<div class="wide" tabindex="0" role="group" aria-labelledby="${id}-title">`)}
<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>
${drawing}
</svg>${when(isWide, () => html`</div>`)}
<div class="unseen">${dataTable(title, data)}</div>
</div>`;
}

function dataTable(caption: string, { head, rows }: FigureData): Html {
  return html`<table><caption>${caption}</caption>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([name = "", ...cells]) =>
      html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
  )}</tbody></table>`;
}

/** A place in a drawing, to a tenth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Lines through places, broken where one is null. */
export function pathThrough(places: readonly ({ x: number; y: number } | null)[]): string {
  return places
    .map((place, index) => (place ? `${places[index - 1] ? "L" : "M"}${px(place.x)} ${px(place.y)}` : ""))
    .join("");
}
