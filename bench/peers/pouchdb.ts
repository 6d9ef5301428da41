import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { newHome, removeHome } from "../../tests/helpers/program/home.ts";
import { startProgram } from "../../tests/helpers/program/program.ts";
import type { Figure } from "../figure.ts";
import { fillWithMoods } from "../fill.ts";
import { MOODSYNC, runProcess } from "../measure.ts";
import type { SyncServer } from "../sync-server.ts";

const ROUNDS = 7;
const ENTRIES = 10_000;
const PACKAGES = ["pouchdb@9.0.0", "express-pouchdb@4.2.0", "express@4.21.2"];
const PEER = fileURLToPath(new URL("pouchdb.cjs", import.meta.url));

/** How long does a first sync of as many entries take with PouchDB, in its own server on the same machine? PouchDB comes
 *  from the npm registry into a temporary directory. */
export async function measurePouchDb(server: SyncServer): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), "moodsync-bench-"));
  const peers: Record<"upload" | "download", number[]> = { upload: [], download: [] };
  const ours: Record<"upload" | "download", number[]> = { upload: [], download: [] };
  execFileSync("npm", ["install", "--prefix", directory, "--no-audit", "--no-fund", ...PACKAGES], {
    stdio: "ignore",
  });
  const peer = startProgram(PEER, [directory, "serve"], { home: directory });
  try {
    const [, url = ""] = await peer.waitFor(/(http:\S+)/);
    for (let round = 0; round < ROUNDS; round++) {
      const args = (way: string, name: string) => [PEER, directory, way, `${url}/moods${round}`, name];
      runProcess(args("fill", `from${round}`), { home: directory });
      peers.upload.push(runProcess(args("upload", `from${round}`), { home: directory }).wallMs);
      peers.download.push(runProcess(args("download", `to${round}`), { home: directory }).wallMs);
      const [from, to] = [newHome(), newHome()];
      const apiKey = server.addAccount();
      fillWithMoods(from, ENTRIES);
      for (const home of [from, to]) server.connect(home, apiKey);
      ours.upload.push(runProcess([MOODSYNC, "sync"], { home: from }).wallMs);
      ours.download.push(runProcess([MOODSYNC, "sync"], { home: to }).wallMs);
      for (const home of [from, to]) removeHome(home);
    }
  } finally {
    await peer.stop("SIGKILL");
    if (peer.child.exitCode === null && peer.child.signalCode === null) await once(peer.child, "close");
    rmSync(directory, { recursive: true, force: true });
  }
  return (["upload", "download"] as const).map((way) => ({
    name: `first ${way} of ${ENTRIES} moods, wall`,
    unit: "ms",
    values: ours[way],
    reference: { name: `PouchDB's ${way}`, values: peers[way] },
    limit: { most: 1 },
  }));
}
