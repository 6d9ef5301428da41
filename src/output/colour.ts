/** Ways to set text apart; each leaves it as it is where colour is not wanted. Colour is never the only sign. */
export interface Colours {
  bold(text: string): string;
  dim(text: string): string;
}

/** Colours for a stream: on a terminal that knows them, and not under NO_COLOR. The user's own setting outweighs both,
 *  as https://no-color.org asks, and `--no-color` that. */
export function coloursFor(given: {
  stream: { isTTY?: boolean };
  env: Record<string, string | undefined>;
  /** What `--no-color` left of commander's `color` option. */
  color?: boolean | undefined;
  setting?: "auto" | "always" | "never";
}): Colours {
  const { stream, env, color, setting = "auto" } = given;
  const fits = stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  const wanted = color !== false && (setting === "always" || (setting === "auto" && fits));
  const style = (start: number, end: number) => (text: string) =>
    wanted && text !== "" ? `\u001b[${start}m${text}\u001b[${end}m` : text;
  return { bold: style(1, 22), dim: style(2, 22) };
}
