import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import { type Figure, memoryFigure, timeFigure } from "./figure.ts";
import { BARE_NODE, MOODSYNC, median, runProcess } from "./measure.ts";

const ROWS = 20_000;
const ROUNDS = 3;
const LIMIT_MS = 2000;
const LIMIT_MB = 150;

/** A table of Daylio that is read, checked and stored, and read once more, when nothing in it is new. */
export function measureImport(): Figure[] {
  const bare = runProcess(BARE_NODE, { home: "/" });
  const [first, again] = [[], []] as ReturnType<typeof runProcess>[][];
  for (let round = 0; round < ROUNDS; round++) {
    const home = newHome();
    const file = join(home, "daylio.csv");
    writeFileSync(file, daylioTable());
    const importIt = () => runProcess([MOODSYNC, "import", file, "--yes", "--json"], { home });
    first!.push(importIt());
    again!.push(importIt());
    if (JSON.parse(first!.at(-1)!.stdout).entries.new !== ROWS) throw new Error("not all rows were stored");
    removeHome(home);
  }
  return [
    timeFigure(`import of ${ROWS} rows`, median(first!.map(({ wallMs }) => wallMs)), LIMIT_MS),
    timeFigure("the same again", median(again!.map(({ wallMs }) => wallMs)), LIMIT_MS),
    memoryFigure(
      "import, memory",
      Math.max(...first!.map(({ peakBytes }) => peakBytes)),
      bare.peakBytes,
      LIMIT_MB,
    ),
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
