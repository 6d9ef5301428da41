/** The colours of the five moods. No single ramp can be seen on dark and on light backgrounds, so each palette has two;
 *  lightness rises with the level in both, and neighbours stay apart with any colour blindness. */
export type PaletteName = "aurora" | "dusk" | "mono";

/** The background that the colours are made for. */
export type Appearance = "dark" | "light";

/** 1 awful to 5 great. */
export type Level = 1 | 2 | 3 | 4 | 5;

/** Five colours, from 1 to 5, and what is written on them: `b`lack or `w`hite, whichever contrasts more. */
interface Ramp<Colour> {
  colours: readonly [Colour, Colour, Colour, Colour, Colour];
  inks: string;
}

type Ramps<Colour> = Record<PaletteName, Record<Appearance, Ramp<Colour>>>;

/** 24 bit, as `rrggbb`. aurora is the default; dusk looks the same to nearly everybody; mono is for those who want no
 *  colour but the mosaic. */
export const TRUE_COLOUR: Ramps<string> = {
  aurora: {
    dark: { colours: ["9e6dab", "5d98f7", "2dc8b9", "a3de8d", "ffed5a"], inks: "bbbbb" },
    light: { colours: ["4e225b", "084792", "0f6871", "5e7d40", "c27812"], inks: "wwwwb" },
  },
  dusk: {
    dark: { colours: ["657aca", "8c97c2", "b5b3ac", "e1ce8b", "ffed79"], inks: "bbbbb" },
    light: { colours: ["182e79", "3a4870", "605e58", "867241", "af852c"], inks: "wwwwb" },
  },
  mono: {
    dark: { colours: ["7e7e7e", "989898", "b4b4b4", "d0d0d0", "ebebeb"], inks: "bbbbb" },
    light: { colours: ["353535", "4a4a4a", "5f5f5f", "757575", "8c8c8c"], inks: "wwwwb" },
  },
};

/** Of the 256 colours of xterm those that come nearest and still differ in lightness. */
export const INDEXED: Ramps<number> = {
  aurora: {
    dark: { colours: [133, 69, 37, 150, 220], inks: "bbbbb" },
    light: { colours: [53, 20, 23, 65, 136], inks: "wwwbb" },
  },
  dusk: {
    dark: { colours: [68, 110, 250, 186, 228], inks: "bbbbb" },
    light: { colours: [18, 20, 240, 94, 136], inks: "wwwwb" },
  },
  mono: {
    dark: { colours: [244, 246, 249, 252, 255], inks: "bbbbb" },
    light: { colours: [236, 239, 241, 243, 245], inks: "wwwbb" },
  },
};

/** SGR codes of the 16 colours, which the theme of the terminal decides on. */
export const SIXTEEN_CHIPS = ["97;45", "97;44", "30;46", "30;42", "30;43"] as const;
export const SIXTEEN_MARKS = ["35", "94", "36", "32", "33"] as const;

/** The five levels without colour. */
export const BARS = ["▁", "▂", "▄", "▆", "█"] as const;

/** The level whose colour and digit stand for a value between two of them: 3.5 is 4. */
export function levelOf(value: number): Level {
  return Math.min(5, Math.max(1, Math.floor(value + 0.5))) as Level;
}
