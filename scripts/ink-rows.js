import { readFileSync } from "node:fs";

/** An esbuild plugin that lets ink draw only the rows of a frame that are new. It takes every frame apart into characters
 *  and puts it together again, which is half of what a key costs, and a key changes a few rows. */
export const inkRows = {
  name: "ink-rows",
  setup(build) {
    build.onLoad({ filter: /\/ink\/build\/output\.js$/ }, ({ path }) => {
      const contents = readFileSync(path, "utf8");
      if (!contents.includes(DECLARATION)) throw new Error(`${path} declares no Output any more`);
      return { contents: contents.replace(DECLARATION, "class WholeOutput {") + OUTPUT_BY_ROWS };
    });
  },
};

const DECLARATION = "export default class Output {";

/** What is written to a row, with what clips it, says how the row looks. */
const OUTPUT_BY_ROWS = `
const MAX_ROWS = 500;
const drawn = new Map();

export default class Output extends WholeOutput {
  get() {
    const rows = Array.from({ length: this.height }, () => []);
    const clips = [];
    for (const operation of this.operations) {
      const clip = clips.at(-1);
      if (operation.type === "clip") clips.push(operation.clip);
      else if (operation.type === "unclip") clips.pop();
      else {
        for (const [index, line] of operation.text.split("\\n").entries()) {
          const y = operation.y + index;
          if (clip && (y < (clip.y1 ?? 0) || y >= (clip.y2 ?? this.height))) continue;
          const text = operation.transformers.reduce((text, transform) => transform(text, index), line);
          rows[y]?.push([operation.x, text, clip?.x1, clip?.x2]);
        }
      }
    }
    return { output: rows.map((row) => this.row(row)).join("\\n"), height: this.height };
  }

  row(pieces) {
    const key = JSON.stringify([this.width, pieces]);
    let row = drawn.get(key);
    if (row === undefined) {
      const one = new WholeOutput({ width: this.width, height: 1 });
      for (const [x, text, x1, x2] of pieces) {
        one.clip({ x1, x2 });
        one.write(x, 0, text, { transformers: [] });
        one.unclip();
      }
      row = one.get().output;
      if (drawn.size >= MAX_ROWS) drawn.clear();
      drawn.set(key, row);
    }
    return row;
  }
}
`;
