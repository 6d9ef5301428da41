import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import { type Figure, ratioFigure } from "./figure.ts";
import { BARE_NODE, MOODSYNC, median, timeProcess } from "./measure.ts";

const ROUNDS = 40;

/** From the start of the process to its exit: `--version` and `log mood 4`, against a bare Node, in turns. */
export function measureStartUp(): Figure[] {
  const home = newHome();
  const times = { bare: [] as number[], version: [] as number[], log: [] as number[] };
  try {
    timeProcess([MOODSYNC, "log", "mood", "4"], home); // creates the database
    for (let round = 0; round < ROUNDS; round++) {
      times.bare.push(timeProcess(BARE_NODE, home));
      times.version.push(timeProcess([MOODSYNC, "--version"], home));
      times.log.push(timeProcess([MOODSYNC, "log", "mood", "4"], home));
    }
  } finally {
    removeHome(home);
  }
  const against = { referenceMs: median(times.bare), reference: "node -e 0" };
  return [
    ratioFigure({ name: "moodsync --version", subjectMs: median(times.version), limit: 1.3, ...against }),
    ratioFigure({ name: "moodsync log mood 4", subjectMs: median(times.log), limit: 1.6, ...against }),
  ];
}
