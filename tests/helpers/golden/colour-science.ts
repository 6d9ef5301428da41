/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [number, number, number];

export function rgbOf(hex: string): Rgb {
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}

/** A colour of the cube or the greys of xterm's 256. */
export function rgbOfIndex(index: number): Rgb {
  if (index >= 232) return [index, index, index].map((grey) => 8 + 10 * (grey - 232)) as unknown as Rgb;
  const steps = [0, 95, 135, 175, 215, 255];
  const at = index - 16;
  return [Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map((step) => steps[step]!) as unknown as Rgb;
}

type Linear = readonly [number, number, number];

function linear(rgb: Rgb): Linear {
  return rgb.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as unknown as Linear;
}

/** The nearest colour that a screen shows. */
function shown(colour: Linear): Rgb {
  return colour.map((part) => {
    const inside = Math.min(1, Math.max(0, part));
    return Math.round(255 * (inside <= 0.0031308 ? 12.92 * inside : 1.055 * inside ** (1 / 2.4) - 0.055));
  }) as unknown as Rgb;
}

function luminance([red, green, blue]: Linear): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of WCAG 2, from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(linear(one)), luminance(linear(other))].sort((a, b) => a - b) as [
    number,
    number,
  ];
  return (high + 0.05) / (low + 0.05);
}

/** How a colour is seen: normally, with a colour blindness (Machado, Oliveira, Fernandes 2009, severity 1.0, on linear
 *  RGB), or as its luminance alone. */
export const VIEWS: Readonly<Record<string, (colour: Linear) => Linear>> = {
  normal: (colour) => colour,
  protan: machado([
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ]),
  deutan: machado([
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ]),
  tritan: machado([
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ]),
  grey: (colour) => [luminance(colour), luminance(colour), luminance(colour)],
};

function machado(rows: readonly (readonly [number, number, number])[]) {
  return ([red, green, blue]: Linear): Linear =>
    rows.map(([r, g, b]) => r * red + g * green + b * blue) as unknown as Linear;
}

/** CIELAB with the white of D65. */
export type Lab = readonly [lightness: number, a: number, b: number];

export function labOf(rgb: Rgb, view: (colour: Linear) => Linear): Lab {
  const [red, green, blue] = linear(shown(view(linear(rgb))));
  const [x, y, z] = [
    (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047,
    0.2126729 * red + 0.7151522 * green + 0.072175 * blue,
    (0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883,
  ].map((part) => (part > 216 / 24389 ? Math.cbrt(part) : ((24389 / 27) * part + 16) / 116)) as [
    number,
    number,
    number,
  ];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** CIEDE2000 (Sharma, Wu, Dalal 2005). */
export function difference([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)));
  const polar = (a: number, b: number) => ({
    c: Math.hypot(a * (1 + g), b),
    h: ((Math.atan2(b, a * (1 + g)) * 180) / Math.PI + 360) % 360,
  });
  const [one, two] = [polar(a1, b1), polar(a2, b2)];
  const isGrey = one.c * two.c === 0;
  const dh = isGrey ? 0 : ((two.h - one.h + 540) % 360) - 180;
  const dH = 2 * Math.sqrt(one.c * two.c) * Math.sin(radians(dh / 2));
  const h = isGrey ? one.h + two.h : (one.h + dh / 2 + 360) % 360;
  const l = (l1 + l2) / 2;
  const c = (one.c + two.c) / 2;
  const t =
    1 -
    0.17 * Math.cos(radians(h - 30)) +
    0.24 * Math.cos(radians(2 * h)) +
    0.32 * Math.cos(radians(3 * h + 6)) -
    0.2 * Math.cos(radians(4 * h - 63));
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const [sc, sh] = [1 + 0.045 * c, 1 + 0.015 * c * t];
  const rt =
    -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(radians(60 * Math.exp(-(((h - 275) / 25) ** 2))));
  const [lightness, chroma, hue] = [(l2 - l1) / sl, (two.c - one.c) / sc, dH / sh];
  return Math.sqrt(lightness ** 2 + chroma ** 2 + hue ** 2 + rt * chroma * hue);
}
