import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import type { Figure } from "./figure.ts";
import { BARE_NODE, MOODSYNC, type ProcessRun, runProcess } from "./measure.ts";

const ROWS = 20_000;
const ROUNDS = 7;
/** 2 s where a bare Node takes 60 ms. */
const MOST_WALL = 33;
/** 150 MB more than a bare Node's 40. */
const MOST_MEMORY = 4.7;

/** A table of Daylio that is read, checked and stored, and read once more, when nothing in it is new. */
export function measureImport(): Figure[] {
  const [bare, first, again]: [ProcessRun[], ProcessRun[], ProcessRun[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    const home = newHome();
    const file = join(home, "daylio.csv");
    writeFileSync(file, daylioTable());
    const importIt = () => runProcess([MOODSYNC, "import", file, "--yes", "--json"], { home });
    bare.push(runProcess(BARE_NODE, { home }));
    first.push(importIt());
    again.push(importIt());
    if (JSON.parse(first.at(-1)!.stdout).entries.new !== ROWS) throw new Error("not all rows were stored");
    removeHome(home);
  }
  const wall = (name: string, runs: readonly ProcessRun[]): Figure => ({
    name,
    unit: "ms",
    values: runs.map(({ wallMs }) => wallMs),
    reference: { name: "node -e 0", values: bare.map(({ wallMs }) => wallMs) },
    limit: { most: MOST_WALL },
  });
  return [
    wall(`import of ${ROWS} rows, wall`, first),
    wall(`the same rows again, wall`, again),
    {
      name: `import of ${ROWS} rows, memory`,
      unit: "MB",
      values: first.map(({ peakBytes }) => peakBytes / 1e6),
      reference: { name: "node -e 0", values: bare.map(({ peakBytes }) => peakBytes / 1e6) },
      limit: { most: MOST_MEMORY },
    },
  ];
}

/** Two entries a day, with three activities each and a note in every second one. */
function daylioTable(): string {
  const moods = ["rad", "good", "meh", "bad", "awful"];
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const day = new Date(Date.UTC(1996, 0, 1 + Math.floor(index / 2))).toISOString().slice(0, 10);
    const activities = [0, 3, 7].map((step) => `activity ${(index + step) % 40}`).join(" | ");
    const note = index % 2 === 0 ? "" : 'Smelled of summer. ""Two bunches"", she said &amp; left';
    return `${day},x,x,${index % 2 === 0 ? "08:20" : "21:40"},${moods[index % 5]},"${activities}","","${note}"\n`;
  });
  return `full_date,date,weekday,time,mood,activities,note_title,note\n${rows.join("")}`;
}
