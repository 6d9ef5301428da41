import { WriteStream } from "node:tty";
import type { Appearance, PaletteName } from "./palette.ts";

/** How many colours there are: 24 bit, 256, 16, or none. */
export type ColourDepth = "24bit" | "256" | "16" | "none";

/** What a stream can show, and how whoever reads it wants it. */
export interface TerminalAbilities {
  depth: ColourDepth;
  /** Bold, dim and the like: also where colours are not wanted, but never in a pipe. */
  hasWeight: boolean;
  /** `unknown` where the terminal did not say: then nothing is coloured that needs a certain background. */
  appearance: Appearance | "unknown";
  palette: PaletteName;
  /** `blocks` draws lines in half blocks, because some fonts show the empty dots of braille as rings. */
  alphabet: "full" | "blocks" | "ascii";
  /** A fact a line, in words: for screen readers. */
  isPlain: boolean;
  isTerminal: boolean;
}

/** The settings that decide. */
export interface StyleSettings {
  color: "auto" | "always" | "never";
  appearance: "auto" | Appearance;
  palette: PaletteName;
  glyphs: "auto" | "blocks" | "ascii";
  plain: boolean;
}

export interface StyleWish {
  stream: { isTTY?: boolean };
  env: Record<string, string | undefined>;
  settings: StyleSettings;
  /** What was typed: `--no-color`, `--plain`. */
  noColor?: boolean;
  plain?: boolean;
}

/** Decides from stream, environment, settings and options alone. `--no-color` and `--plain` outweigh the settings, and
 *  `color always` and `color never` the environment, as https://no-color.org asks. */
export function terminalAbilities(wish: StyleWish): TerminalAbilities {
  const { env, settings } = wish;
  const isTerminal = wish.stream.isTTY === true;
  const isPlain = wish.plain === true || settings.plain || isSet(env.INK_SCREEN_READER);
  const depth = isPlain ? "none" : depthOf(wish, isTerminal);
  return {
    depth,
    hasWeight: !isPlain && (depth !== "none" || (isTerminal && env.TERM !== "dumb")),
    appearance: settings.appearance === "auto" ? appearanceOf(env) : settings.appearance,
    palette: settings.palette,
    alphabet: alphabetOf(wish, isTerminal),
    isPlain,
    isTerminal,
  };
}

function depthOf({ env, settings, noColor }: StyleWish, isTerminal: boolean): ColourDepth {
  const { color } = settings;
  if (noColor || color === "never") return "none";
  const forced = forcedDepth(env.FORCE_COLOR);
  if (color === "auto") {
    if (forced) return forced;
    if (!isTerminal || env.NO_COLOR || env.TERM === "dumb") return "none";
  }
  const known = knownDepth(env);
  // Whoever says always wants colour from a terminal that tells nothing, too.
  return known === "none" && color === "always" ? (forced ?? "16") : known;
}

/** FORCE_COLOR as Node reads it. */
function forcedDepth(value: string | undefined): ColourDepth | undefined {
  if (value === undefined) return undefined;
  if (value === "" || value === "1" || value === "true") return "16";
  return ({ 2: "256", 3: "24bit" }[value] as ColourDepth | undefined) ?? "none";
}

/** Terminals of 24 bit that Node does not know where COLORTERM is lost, as it is over ssh. */
const TRUE_COLOUR_TERM = /^(xterm-kitty|xterm-ghostty|foot|alacritty|wezterm)(-|$)/;

function knownDepth(env: StyleWish["env"]): ColourDepth {
  if (TRUE_COLOUR_TERM.test(env.TERM ?? "")) return "24bit";
  // Node would warn of FORCE_COLOR beside NO_COLOR.
  const { FORCE_COLOR, NO_COLOR, NODE_DISABLE_COLORS, ...said } = env;
  const bits = WriteStream.prototype.getColorDepth(said);
  return ({ 24: "24bit", 8: "256", 4: "16" } as const)[bits] ?? "none";
}

/** COLORFGBG is `fg;bg` or `fg;other;bg`, each of the 16 colours or `default`. */
function appearanceOf({ COLORFGBG }: StyleWish["env"]): TerminalAbilities["appearance"] {
  const background = /;(\d{1,2})$/.exec(COLORFGBG ?? "")?.[1];
  if (background === undefined || Number(background) > 15) return "unknown";
  return Number(background) < 7 || background === "8" ? "dark" : "light";
}

/** A pipe gets what any program can read, UTF-8, whatever is known of the terminal. */
function alphabetOf({ env, settings }: StyleWish, isTerminal: boolean): TerminalAbilities["alphabet"] {
  if (settings.glyphs !== "auto") return settings.glyphs;
  if (isTerminal && (env.TERM === "dumb" || isOtherLocale(env))) return "ascii";
  return isTerminal && env.TERM === "linux" ? "blocks" : "full";
}

/** Whether the locale names another encoding than UTF-8. Where nothing names one, as in a container, it is UTF-8. */
function isOtherLocale({ LC_ALL, LC_CTYPE, LANG }: StyleWish["env"]): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG;
  return locale !== undefined && locale !== "" && !/utf-?8/i.test(locale);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false"].includes(value);
}
