/** Ways to set text apart; each leaves it as it is where colour is not wanted. Colour is never the only sign. */
export interface Colours {
  bold(text: string): string;
  dim(text: string): string;
}

/** Colours for a stream: only on a terminal that knows them, never under NO_COLOR (https://no-color.org) or
 *  `--no-color`. */
export function coloursFor(given: {
  stream: { isTTY?: boolean };
  env: Record<string, string | undefined>;
  /** What `--no-color` left of commander's `color` option. */
  color?: boolean | undefined;
}): Colours {
  const { stream, env, color } = given;
  const wanted = stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb" && color !== false;
  const style = (start: number, end: number) => (text: string) =>
    wanted && text !== "" ? `\u001b[${start}m${text}\u001b[${end}m` : text;
  return { bold: style(1, 22), dim: style(2, 22) };
}
