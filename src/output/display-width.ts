/** Columns that a text takes on a terminal: none for combining marks, two for East Asian wide characters and emoji.
 *  Terminals differ on the newest emoji; a table is then out of line by a column, nothing worse. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const cluster of clusters(text)) width += clusterWidth(cluster);
  return width;
}

/** The text cut to at most `columns`, with … in the last of them when something was cut off. */
export function truncate(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const cluster of clusters(text)) {
    const next = clusterWidth(cluster);
    if (width + next > columns - 1) break;
    kept += cluster;
    width += next;
  }
  return `${kept.trimEnd()}…`;
}

/** The text filled with blanks up to `columns`. */
export function padTo(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}

let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character each: letters with their marks, flags, families of emoji. */
export function* clusters(text: string): Iterable<string> {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { segment } of segmenter.segment(text)) yield segment;
}

const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])|\ufe0f/u;

function clusterWidth(cluster: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}]+$/u.test(cluster)) return 0;
  return WIDE.test(cluster) ? 2 : 1;
}
