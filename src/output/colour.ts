/** A text that is set apart where colour is wanted; colour is never the only sign. */
export interface Styled {
  style: "bold";
  text: string;
}

/** What decides whether a stream gets colours. */
interface ColourWish {
  stream: { isTTY?: boolean };
  env: Record<string, string | undefined>;
  /** What `--no-color` left of commander's `color` option. */
  color?: boolean | undefined;
  setting?: "auto" | "always" | "never";
}

/** Whether a stream gets colours: on a terminal that knows them, and not under NO_COLOR. The user's own setting
 *  outweighs both, as https://no-color.org asks, and `--no-color` that. */
export function isColourWanted({ stream, env, color, setting = "auto" }: ColourWish): boolean {
  const fits = stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  return color !== false && (setting === "always" || (setting === "auto" && fits));
}

/** How text is made bold: not at all where colour is not wanted. */
export function coloursFor(given: ColourWish): { bold(text: string): string | Styled } {
  const isWanted = isColourWanted(given);
  return { bold: (text) => (isWanted ? { style: "bold", text } : text) };
}
