import { statSync } from "node:fs";
import { openDatabase } from "../src/local/storage/database.ts";
import { databaseFile, locateHome } from "../src/local/storage/home.ts";
import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import type { Figure } from "./figure.ts";
import { fillWithMoods } from "./fill.ts";
import { MOODSYNC, runProcess } from "./measure.ts";
import type { SyncServer } from "./sync-server.ts";

const ENTRIES = 10_000;

/** What does an entry with a note take: in this device's file after its upload, and on the server, against its JSON? */
export async function measureBytes(server: SyncServer): Promise<Figure[]> {
  const home = newHome();
  try {
    fillWithMoods(home, ENTRIES);
    server.connect(home, server.addAccount());
    const json = runProcess([MOODSYNC, "list", "--limit", "0", "--jsonl"], { home }).stdout;
    const serverBefore = await server.databaseBytes();
    runProcess([MOODSYNC, "sync"], { home });
    const onServer = (await server.databaseBytes()) - serverBefore;
    const file = databaseFile(locateHome({ MOODSYNC_HOME: home }));
    openDatabase(file).close(); // puts the log into the file
    const reference = { name: "its JSON", values: [Buffer.byteLength(json) / ENTRIES] };
    return [
      {
        name: "an entry in SQLite after its upload",
        unit: "bytes",
        values: [statSync(file).size / ENTRIES],
        reference,
      },
      { name: "an entry in PostgreSQL", unit: "bytes", values: [onServer / ENTRIES], reference },
    ];
  } finally {
    removeHome(home);
  }
}
