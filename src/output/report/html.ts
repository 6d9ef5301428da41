import { terminalText } from "../terminal-text.ts";

/** Markup that was made by `html`, so what is in it is escaped. */
export interface Html {
  readonly markup: string;
}

type Value = string | number | Html | readonly Html[];

/** Markup with values in it. Here, and nowhere else, texts become markup: what HTML or SVG would read as its own is
 *  escaped, in text and in quoted attributes alike, and what is hidden (as of text direction) is written out. The parts
 *  themselves are ASCII, as the built program is: esbuild leaves those of a tag as they stand. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const markup = parts
    .map((part, index) => (index === 0 ? part : markupOf(values[index - 1]!) + part))
    .join("");
  return { markup };
}

function markupOf(value: Value): string {
  if (typeof value === "object") return "markup" in value ? value.markup : value.map(markupOf).join("");
  return terminalText(String(value)).replace(/[&<>"']/g, (sign) => ENTITY[sign]!);
}

const ENTITY: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const NOTHING: Html = html``;

/** What depends on a condition. */
export function when(condition: boolean, markup: () => Html): Html {
  return condition ? markup() : NOTHING;
}
