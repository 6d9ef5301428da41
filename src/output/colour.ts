/** Ways to set text apart; each leaves it as it is where colour is not wanted. Colour is never the only sign. */
export interface Colours {
  bold(text: string): string;
  dim(text: string): string;
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

export function coloursFor(given: ColourWish): Colours {
  const wanted = isColourWanted(given);
  const style = (start: number, end: number) => (text: string) =>
    wanted && text !== "" ? `\u001b[${start}m${text}\u001b[${end}m` : text;
  return { bold: style(1, 22), dim: style(2, 22) };
}
