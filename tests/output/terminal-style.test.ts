import { expect, test } from "vitest";
import { cutTo, fitLine, padParts, widthOf } from "../../src/output/fit-line.ts";
import { toAscii } from "../../src/output/glyphs.ts";
import type { Level } from "../../src/output/palette.ts";
import { verbatim } from "../../src/output/terminal-style.ts";
import { expectGolden, withoutCodes } from "../helpers/golden/golden.ts";
import { styleWith } from "../helpers/golden/styles.ts";

const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];
const plainText = (parts: Parameters<typeof fitLine>[1]) => withoutCodes(styleWith().line(...parts));

test("the styles of moods, texts and signs", async () => {
  await expectGolden("styles", (width, style) =>
    style.isPlain
      ? [style.line("4 good")]
      : [
          fitLine(
            width,
            LEVELS.flatMap((level) => [style.chip(level), " "]),
            style,
          ),
          fitLine(
            width,
            LEVELS.map((level) => style.closeChip(level)),
            style,
          ),
          fitLine(
            width,
            LEVELS.map((level) => style.fill(level, String(level))),
            style,
          ),
          fitLine(
            width,
            LEVELS.map((level) => style.mark(level, style.glyphs.day)),
            style,
          ),
          fitLine(
            width,
            [style.bold("bold"), " ", style.dim("dim"), " ", style.inverse(" ! "), style.underline("u")],
            style,
          ),
          fitLine(width, [style.swatch("#4caf50", "■"), verbatim("Käse · fünf → drei")], style),
        ],
  );
});

test("on a background that is not known chips are of the dark ramp and marks have the terminal's own colour", () => {
  const style = styleWith({ appearance: "unknown" });
  expect(style.line(style.chip(1), style.mark(1, "●"))).toBe(
    "\u001b[48;2;158;109;171;38;2;0;0;0m 1 \u001b[39;49m●",
  );
});

test("with 16 colours marks are coloured on a dark background alone", () => {
  const onLight = styleWith({ depth: "16", appearance: "light" });
  expect(onLight.line(onLight.mark(5, "●"))).toBe("●");
});

test("mono has no colours where there are 16", () => {
  const style = styleWith({ depth: "16", palette: "mono" });
  expect(style.line(style.chip(4), style.closeChip(4))).toBe("▆ 4▆4 ");
});

test("neighbours of one style share their codes, and nothing is left open", () => {
  const { line, bold, dim } = styleWith();
  expect(line(bold("a"), bold("b"), dim("c"), "d", bold(""))).toBe(
    "\u001b[1mab\u001b[22m\u001b[2mc\u001b[22md",
  );
});

test("a style upon a style has both", () => {
  const { line, bold, underline } = styleWith();
  expect(line(bold(underline("a")))).toBe("\u001b[4;1ma\u001b[24;22m");
});

test("our own words are ASCII where the terminal has no more, and a text of the user never changes", () => {
  const style = styleWith({ depth: "none", hasWeight: false, alphabet: "ascii" });
  expect(style.line("mean 3.1 · −0.5 … ≡ ", verbatim("a · b → ü"))).toBe(
    "mean 3.1 - -0.5 ... note a · b → ü",
  );
});

test("every sign has its place in ASCII", () => {
  expect(toAscii("│ ┼ ├──●──┤ ✓ ≡ ━ × – — ▆ ← →")).toBe("| | [--*--] ok note = x - - # < >");
  expect(toAscii("ж")).toBe("?");
});

test("a line that is too long is cut from the right, wherever a part ends", () => {
  const style = styleWith();
  const cut = (columns: number, ...texts: string[]) => plainText(cutTo(columns, texts, style));
  expect(cut(10, "abc", "defghij")).toBe("abcdefghij");
  expect(cut(9, "abc", "defghij")).toBe("abcdefgh…");
  expect(cut(3, "abc", "defghij")).toBe("ab…");
  expect(cut(4, "abc", "defghij")).toBe("abc…");
  expect(cut(3, "abc", "", "")).toBe("abc");
  expect(cut(3, "a  ", "defghij")).toBe("a…");
  expect(cut(1, "abc")).toBe("…");
  expect(cut(0, "abc")).toBe("");
  expect(cut(3, "日本語")).toBe("日…");
});

test("in ASCII what is cut off is said by three dots", () => {
  const style = styleWith({ alphabet: "ascii", depth: "none" });
  expect(fitLine(6, ["abc", "defghij"], style)).toBe("abc...");
  expect(fitLine(2, ["abcd"], style)).toBe("");
});

test("parts are filled to a width as they will be shown", () => {
  const ascii = styleWith({ alphabet: "ascii", depth: "none" });
  expect(ascii.line(...padParts(8, ["≡"], ascii))).toBe("note    ");
  expect(widthOf(["≡", verbatim("≡")], ascii)).toBe(5);
});
