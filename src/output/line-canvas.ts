interface Point {
  x: number;
  y: number;
}

/** Dots of a line within the cells of a terminal. */
export interface LineCanvas {
  /** Dots. */
  width: number;
  height: number;
  point(x: number, y: number): void;
  stroke(from: Point, to: Point): void;
  /** A sign for each cell, row by row; a blank where there is no dot. */
  cells(): string[][];
}

/** The dots of a braille cell from its upper left one, by rows, as bits of U+2800. */
const BRAILLE = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

/** In braille a cell has 2 × 4 dots, in blocks 1 × 2, in ASCII one. */
export function createLineCanvas({
  rows,
  columns,
  alphabet,
}: {
  rows: number;
  columns: number;
  alphabet: "full" | "blocks" | "ascii";
}): LineCanvas {
  const [across, down] = { full: [2, 4], blocks: [1, 2], ascii: [1, 1] }[alphabet] as [number, number];
  const width = columns * across;
  const height = rows * down;
  const dots = new Uint8Array(width * height);

  function point(x: number, y: number): void {
    const [column, row] = [clamp(Math.round(x), width), clamp(Math.round(y), height)];
    dots[row * width + column] = 1;
  }

  return {
    width,
    height,
    point,
    stroke(from, to) {
      const steps = Math.max(1, Math.ceil(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y))));
      for (let step = 0; step <= steps; step++) {
        const share = step / steps;
        point(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
      }
    },
    cells: () =>
      Array.from({ length: rows }, (_, row) =>
        Array.from({ length: columns }, (_, column) => {
          const isSet = (x: number, y: number) => dots[(row * down + y) * width + column * across + x] === 1;
          if (alphabet === "ascii") return isSet(0, 0) ? "-" : " ";
          if (alphabet === "blocks") return isSet(0, 0) ? (isSet(0, 1) ? "█" : "▀") : isSet(0, 1) ? "▄" : " ";
          const bits = BRAILLE.flatMap((ofRow, y) => ofRow.filter((_, x) => isSet(x, y)));
          return bits.length === 0
            ? " "
            : String.fromCodePoint(0x2800 + bits.reduce((sum, bit) => sum + bit, 0));
        }),
      ),
  };
}

function clamp(value: number, below: number): number {
  return Math.min(below - 1, Math.max(0, value));
}
