import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import type { Figure } from "./figure.ts";
import { BARE_NODE, MOODSYNC, timeProcess } from "./measure.ts";

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
  const against = { unit: "ms", reference: { name: "node -e 0", values: times.bare } } as const;
  return [
    { name: "`--version`, wall", values: times.version, limit: { most: 1.3 }, ...against },
    { name: "`log mood 4`, wall", values: times.log, limit: { most: 1.6 }, ...against },
  ];
}
