import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import { type Figure, memoryFigure, timeFigure } from "./figure.ts";
import { fillWithMoods } from "./fill.ts";
import { BARE_NODE, MOODSYNC, median, runProcess } from "./measure.ts";
import type { SyncServer } from "./sync-server.ts";

const ENTRIES = 10_000;
const ROUNDS = 5;
const LIMIT_MS = 1500;
const LIMIT_MB = 150;

/** The first upload of 10,000 moods by one device and their first download by another, each in a new account. */
export function measureTransfer(server: SyncServer): Figure[] {
  const bare = runProcess(BARE_NODE, { home: "/" });
  const uploads = [];
  const downloads = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [from, to] = [newHome(), newHome()];
    const apiKey = server.addAccount();
    fillWithMoods(from, ENTRIES);
    for (const home of [from, to]) server.connect(home, apiKey);
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
  return Object.entries({ "first upload": uploads, "first download": downloads }).flatMap(([name, runs]) => [
    timeFigure(`${name} of ${ENTRIES} moods`, median(runs.map((run) => run.wallMs)), LIMIT_MS),
    memoryFigure(`${name}, memory`, Math.max(...runs.map((run) => run.peakBytes)), bare.peakBytes, LIMIT_MB),
  ]);
}
