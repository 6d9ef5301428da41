import { join } from "node:path";
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
/** What a sealed account may cost beside a plain one. */
const MOST_SEALED = { upload: 1.25, download: 1.35, change: 1.1 };

/** The syncs of two devices of a new account: what one uploads first, what the other downloads first, and one mood more. */
interface Exchange {
  upload: ProcessRun;
  download: ProcessRun;
  change: ProcessRun;
}

/** The first upload of 10,000 moods by one device and their first download by another, each in a new account; and beside it
 *  the same in a sealed account. */
export function measureTransfer(server: SyncServer): Figure[] {
  const bare: ProcessRun[] = [];
  const plain: Exchange[] = [];
  const sealed: Exchange[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const home = newHome();
    bare.push(runProcess(BARE_NODE, { home }));
    removeHome(home);
    const [ofPlain, ofSealed] = exchangeBoth(server);
    plain.push(ofPlain);
    sealed.push(ofSealed);
  }
  const parts = { upload: "first upload", download: "first download" } as const;
  return [
    ...Object.entries(parts).flatMap(([part, name]): Figure[] => {
      const runs = plain.map((of) => of[part as keyof typeof parts]);
      return [
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
      ];
    }),
    ...Object.entries({ ...parts, change: "sync of one change" } as const).flatMap(
      ([key, name]): Figure[] => {
        const part = key as keyof Exchange;
        const of = (runs: Exchange[], what: "wallMs" | "cpuMs") => runs.map((run) => run[part][what]);
        return [
          {
            name: `${name}, sealed, wall`,
            unit: "ms",
            values: of(sealed, "wallMs"),
            reference: { name: "a plain account", values: of(plain, "wallMs") },
            limit: { most: MOST_SEALED[part] },
          },
          {
            name: `${name}, sealed, CPU of the client`,
            unit: "ms",
            values: of(sealed, "cpuMs"),
            reference: { name: "a plain account", values: of(plain, "cpuMs") },
          },
        ];
      },
    ),
  ];
}

/** Each part of the one, and at once the same of the other: the machine is not as fast at all times. */
function exchangeBoth(server: SyncServer): [plain: Exchange, sealed: Exchange] {
  const pairs = [connectPair(server, { isSealed: false }), connectPair(server, { isSealed: true })];
  const sync = (home: string) => runProcess([MOODSYNC, "sync", "--json"], { home });
  try {
    for (const { from } of pairs) fillWithMoods(from, ENTRIES);
    const uploads = pairs.map(({ from }) => sync(from));
    const downloads = pairs.map(({ to }) => sync(to));
    for (const { from } of pairs) runProcess([MOODSYNC, "log", "mood", "4"], { home: from });
    const changes = pairs.map(({ from }) => sync(from));
    const [plain, sealed] = pairs.map((_, at): Exchange => {
      const exchange = { upload: uploads[at]!, download: downloads[at]!, change: changes[at]! };
      const counts = Object.values(exchange).map(({ stdout }) => JSON.parse(stdout));
      const moved = [counts[0].uploaded, counts[1].downloaded, counts[2].uploaded];
      if (String(moved) !== String([ENTRIES, ENTRIES, 1])) throw new Error(`not all arrived: ${moved}`);
      return exchange;
    });
    return [plain!, sealed!];
  } finally {
    for (const { from, to } of pairs) for (const home of [from, to]) removeHome(home);
  }
}

/** Two devices of a new account. */
function connectPair(server: SyncServer, { isSealed }: { isSealed: boolean }): { from: string; to: string } {
  const [from, to] = [newHome(), newHome()];
  const apiKey = server.addAccount();
  const keyFile = join(from, "handed-over.key");
  server.connect(from, apiKey, isSealed ? ["--sealed", "--sealing-key-out", keyFile] : []);
  server.connect(to, apiKey, isSealed ? ["--sealing-key-file", keyFile] : []);
  return { from, to };
}
