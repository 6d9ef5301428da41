// npm run bench: what the built program costs, as ratios to a reference of the same run; bench/README.md says how to read
// them. Ends with an error when a limit is passed. Run it on an otherwise idle machine.

import { parseArgs } from "node:util";
import { checkBaseline, writeBaseline } from "./baseline.ts";
import { measureBytes } from "./bytes.ts";
import { measureDaemon } from "./daemon.ts";
import { measureDaily } from "./daily.ts";
import { type Figure, report } from "./figure.ts";
import { measureGrowth } from "./growth.ts";
import { measureImport } from "./import.ts";
import { measureLookBack } from "./look-back.ts";
import { measureLookups } from "./lookups.ts";
import { writePage } from "./page.ts";
import { measurePostgres } from "./peers/postgres.ts";
import { measurePouchDb } from "./peers/pouchdb.ts";
import { measureTaskwarrior } from "./peers/taskwarrior.ts";
import { measureScreens } from "./screens.ts";
import { measureSearchIndex } from "./search-index.ts";
import { measureStartUp } from "./start-up.ts";
import { startSyncServer } from "./sync-server.ts";
import { measureTransfer } from "./transfer.ts";
import { measureUploads } from "./uploads.ts";

const { values: asked } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    peers: { type: "boolean", default: false },
    million: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    record: { type: "boolean", default: false },
  },
});

const server = await startSyncServer();
/** Each part of the page with what answers it. */
const PARTS: Record<string, () => Figure[] | Promise<Figure[]>> = {
  "Starting up": () => measureStartUp(),
  "Every day": () => measureDaily(server),
  "Lookups in 100,000 entries": () => measureLookups(),
  "On a screen": () => measureScreens(),
  "Looking back": () => measureLookBack(),
  "An import": () => measureImport(),
  "First sync": () => measureTransfer(server),
  "The search index": () => measureSearchIndex(server),
  Growth: () => measureGrowth(server, 100_000),
  "The server under many clients": () => measureUploads(server),
  Bytes: () => measureBytes(server),
  "The daemon": () => measureDaemon(server),
};
const PEERS: typeof PARTS = {
  "Beside PostgreSQL's own tools": () => measurePostgres(server),
  "Beside PouchDB": () => measurePouchDb(server),
  "Beside Taskwarrior": () => measureTaskwarrior(server),
};
const MILLION: typeof PARTS = { "Growth to a million": () => measureGrowth(server, 1_000_000) };
const askedParts = { ...PARTS, ...(asked.million ? MILLION : {}), ...(asked.peers ? PEERS : {}) };

const parts: [string, Figure[]][] = [];
try {
  for (const [part, measure] of Object.entries(askedParts)) {
    if (!part.toLowerCase().includes(asked.only.toLowerCase())) continue;
    process.stdout.write(`${part}\n`);
    const figures = await measure();
    report(figures);
    parts.push([part, figures]);
  }
} finally {
  await server.stop();
}
const figures = parts.flatMap(([, figures]) => figures);
if (asked.record) {
  writePage(parts);
  writeBaseline(figures);
}
if (asked.check) checkBaseline(figures);
