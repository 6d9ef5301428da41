import { describe, expect, test } from "vitest";
import { INDEXED, levelOf, TRUE_COLOUR } from "../../src/output/palette.ts";
import {
  contrast,
  difference,
  labOf,
  type Rgb,
  rgbOf,
  rgbOfIndex,
  VIEWS,
} from "../helpers/golden/colour-science.ts";

const BACKGROUNDS: Record<string, readonly string[]> = {
  dark: ["000000", "0c0c0c", "1e1e1e", "282a36", "002b36", "2e3440", "300a24"],
  light: ["ffffff", "fafafa", "fdf6e3", "eff1f5", "f0f0f0"],
};
const INK: Record<string, Rgb> = { b: [0, 0, 0], w: [255, 255, 255] };

interface Ramp {
  name: string;
  side: string;
  colours: Rgb[];
  inks: string;
}

const rampsOf = <Colour>(
  tables: Record<string, Record<string, { colours: readonly Colour[]; inks: string }>>,
  rgb: (colour: Colour) => Rgb,
): Ramp[] =>
  Object.entries(tables).flatMap(([palette, sides]) =>
    Object.entries(sides).map(([side, { colours, inks }]) => ({
      name: `${palette} ${side}`,
      side,
      colours: colours.map(rgb),
      inks,
    })),
  );

const trueColour = rampsOf(TRUE_COLOUR, rgbOf);
const indexed = rampsOf(INDEXED, rgbOfIndex);
const all = [...trueColour, ...indexed.map((ramp) => ({ ...ramp, name: `${ramp.name} 256` }))];

const round = (value: number) => Math.round(value * 10) / 10;
const lightness = (ramp: Ramp, view: string) => ramp.colours.map((colour) => labOf(colour, VIEWS[view]!)[0]);
const steps = (values: number[]) => values.slice(1).map((value, index) => value - values[index]!);
const neighbours = ({ colours }: Ramp, view: string) =>
  colours
    .slice(1)
    .map((colour, index) => difference(labOf(colours[index]!, VIEWS[view]!), labOf(colour, VIEWS[view]!)));
const lowestContrast = ({ colours, side }: Ramp) =>
  colours.map((colour) => Math.min(...BACKGROUNDS[side]!.map((hex) => contrast(colour, rgbOf(hex)))));

describe.each(all)("$name", (ramp) => {
  test("has on each chip the ink that contrasts more, by 4.5 at least", () => {
    for (const [index, colour] of ramp.colours.entries()) {
      const best = contrast(colour, INK.b!) >= contrast(colour, INK.w!) ? "b" : "w";
      expect(`${index + 1} ${ramp.inks[index]}`).toBe(`${index + 1} ${best}`);
      expect(contrast(colour, INK[best]!)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe.each(trueColour)("$name in 24 bit", (ramp) => {
  test("rises in lightness by 7 at least in every view, but once by 4", () => {
    for (const view of Object.keys(VIEWS)) {
      const isException = ramp.name === "aurora light" && view === "protan";
      for (const [index, step] of steps(lightness(ramp, view)).entries()) {
        const least = isException && index === 3 ? 4 : 7;
        expect(Math.round(step), `${view} ${index + 1}`).toBeGreaterThanOrEqual(least);
      }
    }
  });

  test("has marks of contrast 3 on every background of its side", () => {
    for (const value of lowestContrast(ramp)) expect(round(value)).toBeGreaterThanOrEqual(3);
  });

  test("differs between neighbours for every colour blindness", () => {
    const least: Record<string, number> = { aurora: 8, dusk: 5.8, mono: 6 };
    for (const view of ["protan", "deutan", "tritan"]) {
      for (const value of neighbours(ramp, view))
        expect(round(value)).toBeGreaterThanOrEqual(least[ramp.name.split(" ")[0]!]!);
    }
  });
});

describe.each(indexed)("$name in 256 colours", (ramp) => {
  test("rises in lightness by 5 at least to normal sight and in grey", () => {
    for (const view of ["normal", "grey"]) {
      for (const step of steps(lightness(ramp, view))) expect(step).toBeGreaterThanOrEqual(4.9);
    }
  });

  test("never falls with a colour blindness by more than what is seen as level", () => {
    for (const view of ["protan", "deutan", "tritan"]) {
      for (const step of steps(lightness(ramp, view))) expect(step, view).toBeGreaterThan(-1);
    }
  });

  test("has marks of contrast 2.9 on every background of its side", () => {
    for (const value of lowestContrast(ramp)) expect(round(value)).toBeGreaterThanOrEqual(2.9);
  });
});

/** Lightness, contrast of the ink, lowest contrast of a mark, and ΔE of neighbours as protan, deutan and tritan see
 *  them, as published with the palette. */
const PUBLISHED: Record<string, { l: string; ink: string; mark: string; apart: Record<string, string> }> = {
  "aurora dark": {
    l: "53.1 62.9 73.1 82.9 92.8",
    ink: "5.2 7.3 10.1 13.4 17.5",
    mark: "3.1 4.3 6 8 10.4",
    apart: {
      normal: "27.5 34 21.7 21.1",
      protan: "14.8 27 20.4 11.1",
      deutan: "12.6 21.1 27.9 13.5",
      tritan: "52.5 11.8 12.1 32.5",
      grey: "8.7 8.3 6.7 6.4",
    },
  },
  "aurora light": {
    l: "22 31 39.9 48.8 57",
    ink: "12.3 9 6.5 4.7 6",
    mark: "10.8 7.9 5.7 4.1 3.1",
    apart: {
      normal: "21.9 23.8 27.7 32.7",
      protan: "11.1 17 29.4 8.8",
      deutan: "9.3 14.3 31.6 15.4",
      tritan: "42.5 9.6 12.9 40.3",
      grey: "6.6 7.3 8.4 8.1",
    },
  },
  "aurora dark 256": {
    l: "52.3 59 64.8 81.5 86.9",
    ink: "5.1 6.4 7.8 12.9 15",
    mark: "3 3.8 4.6 7.7 8.9",
    apart: {
      normal: "26 33.3 29.2 23.6",
      protan: "13.9 21.6 29.7 11.9",
      deutan: "12.8 18 35.3 14.7",
      tritan: "56.4 11 18.1 34.6",
      grey: "6.2 4.9 12.6 3.6",
    },
  },
  "aurora light 256": {
    l: "21.1 26.5 36 52.5 58.5",
    ink: "12.7 10.6 7.5 5.1 6.3",
    mark: "11.2 9.3 6.6 3.6 2.9",
    apart: {
      normal: "19.8 34.6 22.4 27.5",
      protan: "18 24.4 23.2 14.5",
      deutan: "16.4 21.4 26.4 18.4",
      tritan: "41.8 17.4 15.6 39.8",
      grey: "3.9 7.5 15.2 5.9",
    },
  },
  "dusk dark": {
    l: "52.9 63 72.9 82.9 93.1",
    ink: "5.2 7.3 10 13.4 17.6",
    mark: "3.1 4.4 6 8 10.5",
    apart: {
      normal: "11.6 22 18.3 9.9",
      protan: "10.9 21 18.3 10",
      deutan: "12.5 22.1 18.6 9.1",
      tritan: "11.7 17.5 14.4 7.1",
      grey: "9.1 8 7 6.6",
    },
  },
  "dusk light": {
    l: "22 31.1 39.9 48.9 58.1",
    ink: "12.3 9 6.5 4.7 6.2",
    mark: "10.8 7.9 5.7 4.1 3",
    apart: {
      normal: "9.6 22.2 17.2 12.3",
      protan: "8 21.4 16.8 11.2",
      deutan: "8.6 22.3 17.4 12.2",
      tritan: "5.8 18.1 15.4 11.4",
      grey: "6.6 7.3 8.4 9.1",
    },
  },
  "mono dark": {
    l: "52.8 62.8 73.3 83.5 93",
    ink: "5.2 7.3 10.1 13.6 17.6",
    mark: "3.1 4.3 6 8.1 10.5",
    apart: { normal: "9.1 8.3 7.2 6.1", protan: "9.1 8.3 7.2 6.1", grey: "9.1 8.3 7.2 6.1" },
  },
  "mono light": {
    l: "22.2 31.5 40.3 49.2 58.3",
    ink: "12.3 8.9 6.4 4.6 6.2",
    mark: "10.8 7.8 5.6 4 3",
    apart: { normal: "6.9 7.4 8.4 8.7", deutan: "6.9 7.4 8.4 8.7", tritan: "6.9 7.4 8.4 8.7" },
  },
};

test.each(Object.entries(PUBLISHED))("the figures of %s are the published ones", (name, published) => {
  const ramp = all.find((one) => one.name === name)!;
  const listed = (values: number[]) => values.map(round).join(" ");
  expect(listed(lightness(ramp, "normal"))).toBe(published.l);
  expect(listed(ramp.colours.map((colour, index) => contrast(colour, INK[ramp.inks[index]!]!)))).toBe(
    published.ink,
  );
  expect(listed(lowestContrast(ramp))).toBe(published.mark);
  for (const [view, values] of Object.entries(published.apart)) {
    expect(`${view} ${listed(neighbours(ramp, view))}`).toBe(`${view} ${values}`);
  }
});

test("a value between two levels has the rounded one, and a half rounds up", () => {
  expect([1, 1.49, 1.5, 3.5, 4.49, 5].map(levelOf)).toEqual([1, 1, 2, 4, 4, 5]);
});
