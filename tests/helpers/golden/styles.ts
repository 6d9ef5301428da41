import type { TerminalAbilities } from "../../../src/output/terminal-abilities.ts";
import { styleFrom, type TerminalStyle } from "../../../src/output/terminal-style.ts";

/** A terminal that can do everything and whose background is dark. */
const FULL: TerminalAbilities = {
  depth: "24bit",
  hasWeight: true,
  appearance: "dark",
  palette: "aurora",
  alphabet: "full",
  isPlain: false,
  isTerminal: true,
};

/** A style for a test: that of a full terminal but for what is said. */
export function styleWith(abilities: Partial<TerminalAbilities> = {}): TerminalStyle {
  return styleFrom({ ...FULL, ...abilities });
}

/** The styles in which everything is drawn, by their names in the golden files. */
export const STYLES: readonly (readonly [name: string, style: TerminalStyle])[] = [
  ["24 bit", styleWith()],
  ["256 colours", styleWith({ depth: "256" })],
  ["16 colours", styleWith({ depth: "16" })],
  ["no colour", styleWith({ depth: "none" })],
  ["ASCII", styleWith({ depth: "none", alphabet: "ascii" })],
  ["plain", styleWith({ depth: "none", hasWeight: false, isPlain: true })],
];
