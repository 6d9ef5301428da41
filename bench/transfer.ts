import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import type { Figure } from "./figure.ts";
import { fillWithMoods } from "./fill.ts";
import { BARE_NODE, MOODSYNC, type ProcessRun, runProcess } from "./measure.ts";
import type { SyncServer } from "./sync-server.ts";

const ENTRIES = 10_000;
const ROUNDS = 7;
/** 1.5 s where a bare Node takes 60 ms. */
const MOST_WALL = 25;
/** 150 MB more than a bare Node's 40. */
const MOST_MEMORY = 4.7;

/** The first upload of 10,000 moods by one device and their first download by another, each in a new account. */
export function measureTransfer(server: SyncServer): Figure[] {
  const bare: ProcessRun[] = [];
  const uploads = [];
  const downloads = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [from, to] = [newHome(), newHome()];
    const apiKey = server.addAccount();
    fillWithMoods(from, ENTRIES);
    for (const home of [from, to]) server.connect(home, apiKey);
    bare.push(runProcess(BARE_NODE, { home: from }));
    const upload = runProcess([MOODSYNC, "sync", "--json"], { home: from });
    const download = runProcess([MOODSYNC, "sync", "--json"], { home: to });
    if (
      JSON.parse(upload.stdout).uploaded !== ENTRIES ||
      JSON.parse(download.stdout).downloaded !== ENTRIES
    ) {
      throw new Error(`${ENTRIES} entries did not all arrive: ${upload.stdout} ${download.stdout}`);
    }
    uploads.push(upload);
    downloads.push(download);
    for (const home of [from, to]) removeHome(home);
  }
  return Object.entries({ "first upload": uploads, "first download": downloads }).flatMap(
    ([name, runs]): Figure[] => [
      {
        name: `${name} of ${ENTRIES} moods, wall`,
        unit: "ms",
        values: runs.map(({ wallMs }) => wallMs),
        reference: { name: "node -e 0", values: bare.map(({ wallMs }) => wallMs) },
        limit: { most: MOST_WALL },
      },
      {
        name: `${name} of ${ENTRIES} moods, CPU of the client`,
        unit: "ms",
        values: runs.map(({ cpuMs }) => cpuMs),
        reference: { name: "node -e 0", values: bare.map(({ cpuMs }) => cpuMs) },
      },
      {
        name: `${name} of ${ENTRIES} moods, memory`,
        unit: "MB",
        values: runs.map(({ peakBytes }) => peakBytes / 1e6),
        reference: { name: "node -e 0", values: bare.map(({ peakBytes }) => peakBytes / 1e6) },
        limit: { most: MOST_MEMORY },
      },
    ],
  );
}
