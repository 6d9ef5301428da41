import { decodeHTML } from "entities";

/** The text of a note that an app keeps as HTML: line ends where its tags make them, and without those of formatting. What
 *  only looks like a tag ("<3", or one that no note editor makes) stays. */
export function htmlToText(html: string): string {
  if (!/[<&]/.test(html) || html.includes(BREAK)) return html.trim();
  const lines = html
    .replace(/<br\b[^<>]*>/gi, "\n")
    .replace(/<li\b[^<>]*>/gi, `${BREAK}- `)
    .replace(/<\/?(?:div|p|ul|ol|li|h[1-6]|blockquote|hr)\b[^<>]*>/gi, BREAK)
    .replace(/<\/?(?:b|i|u|s|a|em|strong|strike|del|ins|mark|small|sub|sup|font|span)\b[^<>]*>/gi, "")
    // Blocks stand on lines of their own, be there several tags between two.
    .replaceAll(BREAKS, "\n");
  return decodeHTML(lines).trim();
}

/** Stands for a line end that only counts where there is none yet; no text has it: it is no character. */
const BREAK = "\ufdd0";
const BREAKS = /\n?\ufdd0+(?:\s*\ufdd0+)*/g;
