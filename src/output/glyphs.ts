/** The signs, by what they are for. Each is one column wide, but those of ASCII that are words. */
export interface Glyphs {
  noEntry: string;
  /** A day in a chart. */
  day: string;
  /** A mean with its interval, what is chosen. */
  mean: string;
  before: string;
  intervalStart: string;
  interval: string;
  intervalEnd: string;
  axis: string;
  axisCross: string;
  done: string;
  problem: string;
  hasNote: string;
  selected: string;
  rule: string;
  openRule: string;
  progress: string;
  progressLeft: string;
  minus: string;
  dash: string;
  cut: string;
}

const FULL: Glyphs = {
  noEntry: "·",
  day: "●",
  mean: "●",
  before: "○",
  intervalStart: "├",
  interval: "─",
  intervalEnd: "┤",
  axis: "│",
  axisCross: "┼",
  done: "✓",
  problem: "!",
  hasNote: "≡",
  selected: "▌",
  rule: "─",
  openRule: "━",
  progress: "━",
  progressLeft: "─",
  minus: "−",
  dash: "—",
  cut: "…",
};

const ASCII: Glyphs = {
  noEntry: ".",
  day: "*",
  mean: "o",
  before: "o",
  intervalStart: "[",
  interval: "-",
  intervalEnd: "]",
  axis: "|",
  axisCross: "|",
  done: "ok",
  problem: "!",
  hasNote: "note",
  selected: ">",
  rule: "-",
  openRule: "=",
  progress: "#",
  progressLeft: ".",
  minus: "-",
  dash: "-",
  cut: "...",
};

export function glyphsFor(alphabet: "full" | "blocks" | "ascii"): Glyphs {
  return alphabet === "ascii" ? ASCII : FULL;
}

const ASCII_BY_SIGN: Record<string, string> = {
  ...{ "●": "*", "○": "o", "├": "[", "┤": "]", "│": "|", "┼": "|", "─": "-", "━": "=", "✓": "ok" },
  ...{ "≡": "note", "▌": ">", "−": "-", "–": "-", "—": "-", "…": "...", "×": "x", "·": "." },
  ...{ "┌": "+", "┐": "+", "└": "+", "┘": "+", "┬": "+", "┴": "+", "←": "<", "→": ">", "↑": "^", "↓": "v" },
  ...{ "≥": ">=", "≤": "<=", "†": "+", "’": "'", "“": '"', "”": '"', é: "e" },
};

/** Our own words without other signs than those of ASCII. It must never be given a text of the user. */
export function toAscii(text: string): string {
  return text
    .replaceAll(" · ", " - ")
    .replace(/[^\n\x20-\x7e]/gu, (sign) => ASCII_BY_SIGN[sign] ?? (/[\u2581-\u2588]/.test(sign) ? "#" : "?"));
}
