import { describe, expect, test } from "vitest";
import { type StyleSettings, terminalAbilities } from "../../src/output/terminal-abilities.ts";

const SETTINGS: StyleSettings = {
  color: "auto",
  appearance: "auto",
  palette: "aurora",
  glyphs: "auto",
  plain: false,
};
const of = (
  env: Record<string, string>,
  {
    isTTY = true,
    noColor = false,
    plain = false,
    ...settings
  }: Partial<StyleSettings> & {
    isTTY?: boolean;
    noColor?: boolean;
  } = {},
) => terminalAbilities({ stream: { isTTY }, env, settings: { ...SETTINGS, ...settings }, noColor, plain });

describe("the depth of colour", () => {
  test.each([
    ["xterm-kitty over ssh", "24bit", { TERM: "xterm-kitty" }],
    ["ghostty", "24bit", { TERM: "xterm-ghostty" }],
    ["foot", "24bit", { TERM: "foot" }],
    ["foot with more", "24bit", { TERM: "foot-extra" }],
    ["alacritty", "24bit", { TERM: "alacritty" }],
    ["wezterm", "24bit", { TERM: "wezterm" }],
    ["a terminal that says so", "24bit", { TERM: "xterm-256color", COLORTERM: "truecolor" }],
    ["xterm-256color", "256", { TERM: "xterm-256color" }],
    ["xterm", "16", { TERM: "xterm" }],
    ["the console", "16", { TERM: "linux" }],
    ["a terminal that is not known", "none", { TERM: "footer" }],
    ["no TERM", "none", {}],
    ["dumb", "none", { TERM: "dumb" }],
    ["NO_COLOR", "none", { TERM: "xterm-kitty", NO_COLOR: "1" }],
    ["an empty NO_COLOR", "24bit", { TERM: "xterm-kitty", NO_COLOR: "" }],
    ["FORCE_COLOR=1", "16", { TERM: "xterm-kitty", FORCE_COLOR: "1" }],
    ["FORCE_COLOR=2", "256", { TERM: "xterm", FORCE_COLOR: "2" }],
    ["FORCE_COLOR=3 and NO_COLOR", "24bit", { TERM: "dumb", FORCE_COLOR: "3", NO_COLOR: "1" }],
    ["FORCE_COLOR=0", "none", { TERM: "xterm-kitty", FORCE_COLOR: "0" }],
  ])("of %s is %s", (_, depth, env) => {
    expect(of(env).depth).toBe(depth);
  });

  test.each([
    ["a pipe has none", "none", { TERM: "xterm-kitty" }, { isTTY: false }],
    ["FORCE_COLOR colours a pipe", "256", { FORCE_COLOR: "2" }, { isTTY: false }],
    [
      "the setting always colours a pipe, and outweighs NO_COLOR",
      "256",
      { TERM: "xterm-256color", NO_COLOR: "1" },
      { isTTY: false, color: "always" as const },
    ],
    ["the setting always has 16 where nothing is known", "16", {}, { color: "always" as const }],
    ["the setting never outweighs FORCE_COLOR", "none", { FORCE_COLOR: "3" }, { color: "never" as const }],
    [
      "--no-color outweighs the setting always",
      "none",
      { TERM: "xterm" },
      { noColor: true, color: "always" as const },
    ],
    ["--plain has none", "none", { TERM: "xterm", FORCE_COLOR: "3" }, { plain: true }],
  ])("%s", (_, depth, env, given) => {
    expect(of(env, given).depth).toBe(depth);
  });
});

test.each([
  ["NO_COLOR keeps bold and dim", true, { TERM: "xterm", NO_COLOR: "1" }, {}],
  ["color never keeps them", true, { TERM: "xterm" }, { color: "never" as const }],
  ["a pipe has none", false, { TERM: "xterm" }, { isTTY: false }],
  ["a dumb terminal has none", false, { TERM: "dumb" }, {}],
  ["plain words have none", false, { TERM: "xterm" }, { plain: true }],
])("%s", (_, hasWeight, env, given) => {
  expect(of(env, given).hasWeight).toBe(hasWeight);
});

test.each([
  ["15;0", "dark"],
  ["0;15", "light"],
  ["0;7", "light"],
  ["12;8", "dark"],
  ["0;default;15", "light"],
  ["default;default", "unknown"],
  ["0;99", "unknown"],
  ["", "unknown"],
])("COLORFGBG %s is a background that is %s", (COLORFGBG, appearance) => {
  expect(of({ COLORFGBG }).appearance).toBe(appearance);
});

test("the setting of the background outweighs what the terminal says", () => {
  expect(of({ COLORFGBG: "15;0" }, { appearance: "light" }).appearance).toBe("light");
});

test.each([
  ["UTF-8", "full", { LANG: "de_DE.UTF-8" }, {}],
  ["utf8", "full", { LC_ALL: "C.utf8" }, {}],
  ["no locale", "full", {}, {}],
  ["C", "ascii", { LANG: "C" }, {}],
  ["Latin 1", "ascii", { LANG: "de_DE.ISO-8859-1" }, {}],
  ["LC_ALL before LANG", "ascii", { LC_ALL: "POSIX", LANG: "de_DE.UTF-8" }, {}],
  ["LC_CTYPE before LANG", "full", { LC_CTYPE: "C.UTF-8", LANG: "C" }, {}],
  ["a dumb terminal", "ascii", { TERM: "dumb" }, {}],
  ["the console", "blocks", { TERM: "linux" }, {}],
  ["a pipe of another locale", "full", { LANG: "C" }, { isTTY: false }],
  ["the setting ascii in a pipe", "ascii", {}, { isTTY: false, glyphs: "ascii" as const }],
  ["the setting blocks", "blocks", {}, { glyphs: "blocks" as const }],
])("the signs of %s are %s", (_, alphabet, env, given) => {
  expect(of(env, given).alphabet).toBe(alphabet);
});

test.each([
  ["--plain", {}, { plain: true }, true],
  ["a screen reader that ink knows", { INK_SCREEN_READER: "true" }, {}, true],
  ["INK_SCREEN_READER=0", { INK_SCREEN_READER: "0" }, {}, false],
])("%s asks for plain words, or not", (_, env, given, isPlain) => {
  expect(of(env, given).isPlain).toBe(isPlain);
});
