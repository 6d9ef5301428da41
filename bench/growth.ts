import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import type { Figure } from "./figure.ts";
import { fillWithMoods } from "./fill.ts";
import { MOODSYNC, runProcess, timeProcess } from "./measure.ts";
import type { SyncServer } from "./sync-server.ts";

const ROUNDS = 21;
/** Of entries that are made at once; a million would not fit into memory. */
const BATCH = 100_000;

/** Syncing one new entry must not take longer because of what has been synced before: on so many against on 100. */
export function measureGrowth(server: SyncServer, entries: 100_000 | 1_000_000): Figure[] {
  const small = syncedHome(server, 100);
  const large = syncedHome(server, entries);
  const times = { small: [] as number[], large: [] as number[] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      times.small.push(timeSyncOfOneEntry(small));
      times.large.push(timeSyncOfOneEntry(large));
    }
  } finally {
    for (const home of [small, large]) removeHome(home);
  }
  return [
    {
      name: `\`sync\` of one entry on top of ${entries.toLocaleString("en")}, wall`,
      unit: "ms",
      values: times.large,
      reference: { name: "one on top of 100", values: times.small },
      limit: { most: 1.2 },
    },
  ];
}

function syncedHome(server: SyncServer, entries: number): string {
  const home = newHome();
  for (let left = entries; left > 0; left -= BATCH) fillWithMoods(home, Math.min(left, BATCH));
  server.connect(home, server.addAccount());
  runProcess([MOODSYNC, "sync"], { home });
  return home;
}

function timeSyncOfOneEntry(home: string): number {
  timeProcess([MOODSYNC, "log", "mood", "4"], home);
  return timeProcess([MOODSYNC, "sync"], home);
}
