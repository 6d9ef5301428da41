import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import type { Figure } from "./figure.ts";
import { fillWithMoods } from "./fill.ts";
import { compareRuns, MOODSYNC, runProcess } from "./measure.ts";
import type { SyncServer } from "./sync-server.ts";

const READING = [
  { args: ["sync"], mostCpu: 4 },
  { args: ["sync", "status"], mostCpu: 2.2 },
  { args: ["today"], mostCpu: 2 },
  { args: ["list"], mostCpu: 1.9 },
  { args: ["due"], mostCpu: 1.5 },
];
const CHANGING = [
  { args: ["log", "mood", "4"], mostCpu: 1.9 },
  { args: ["undo"], mostCpu: 2 },
];

/** What do the commands of every day cost on a device with a few hundred entries that is in sync? */
export function measureDaily(server: SyncServer): Figure[] {
  const home = newHome();
  try {
    fillWithMoods(home, 300);
    server.connect(home, server.addAccount());
    runProcess([MOODSYNC, "sync"], { home });
    const given = { home, of: "", rounds: 21, withMemory: true };
    return [...compareRuns(READING, given), ...compareRuns(CHANGING, given)];
  } finally {
    removeHome(home);
  }
}
