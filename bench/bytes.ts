import { once } from "node:events";
import { statSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import type { MoodEntry } from "../src/domain/entities/mood-entry.ts";
import { editEntry } from "../src/entries/edit-entry.ts";
import { openDatabase } from "../src/local/storage/database.ts";
import { databaseFile, locateHome } from "../src/local/storage/home.ts";
import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import { runProgram } from "../tests/helpers/program/program.ts";
import type { Figure } from "./figure.ts";
import { fillWithMoods } from "./fill.ts";
import { MOODSYNC, runProcess } from "./measure.ts";
import type { SyncServer } from "./sync-server.ts";

const ENTRIES = 10_000;
/** To the JSON. None for an entry in PostgreSQL, whose indexes depend on the other accounts of the server. */
const LIMIT = { most: 1.25 };

/** What does an entry with a note take, against its JSON as it is synced: on the way to the server with all that HTTP adds, in this
 *  device's file after its upload, on the server, and in the history there once it was edited? */
export async function measureBytes(server: SyncServer): Promise<Figure[]> {
  const home = newHome();
  const counter = await startCounter(server.url);
  try {
    fillWithMoods(home, ENTRIES);
    const file = databaseFile(locateHome({ MOODSYNC_HOME: home }));
    await enable(home, counter.url, server.addAccount());
    const json = syncedJsonBytes(home) / ENTRIES;
    const [sentBefore, storedBefore] = [counter.sent(), await server.databaseBytes()];
    await run(home, ["sync"]);
    const sent = counter.sent() - sentBefore;
    const stored = (await server.databaseBytes()) - storedBefore;
    openDatabase(file).close(); // puts the log into the file
    const fileBytes = statSync(file).size;
    const historyBefore = await server.tableBytes("entity_history");
    editAll(file);
    await run(home, ["sync"]);
    const history = (await server.tableBytes("entity_history")) - historyBefore;
    const reference = { name: "the JSON of a mood with a note of 99 characters", values: [json] };
    const figures: [string, number, Figure["limit"]?][] = [
      ["an entry in its upload, whose notes have the same words", sent],
      ["an entry in SQLite after its upload", fileBytes, LIMIT],
      ["an entry in PostgreSQL", stored],
      ["an earlier version in the history of PostgreSQL", history, LIMIT],
    ];
    return figures.map(
      ([name, bytes, limit]): Figure => ({
        name,
        unit: "bytes",
        values: [bytes / ENTRIES],
        reference,
        ...(limit ? { limit } : {}),
      }),
    );
  } finally {
    counter.close();
    removeHome(home);
  }
}

/** Of all entries as they are synced: `list` says their type and the labels of their activities as well. */
function syncedJsonBytes(home: string): number {
  const lines = runProcess([MOODSYNC, "list", "--limit", "0", "--jsonl"], { home }).stdout.trim().split("\n");
  const entities = lines.map((line) => {
    const { entity_type: _type, activity_labels: _labels, ...entity } = JSON.parse(line);
    return JSON.stringify(entity);
  });
  return entities.reduce((sum, entity) => sum + Buffer.byteLength(entity), 0);
}

function editAll(file: string): void {
  const db = openDatabase(file);
  const moods = db.prepare("select id, value from mood_entries").all();
  for (const { id, value } of moods as Pick<MoodEntry, "id" | "value">[]) {
    const entries = { db, nowMs: Date.now(), zone: () => 0 };
    editEntry(entries, { entityType: "MoodEntry", id }, { value: 1 + (value % 5) });
  }
  db.close();
}

async function enable(home: string, url: string, apiKey: string): Promise<void> {
  await run(home, ["sync", "enable", url, "--key-stdin"], apiKey);
}

/** Beside the counter, which could not hand anything on while it waited for a child. */
async function run(home: string, args: string[], input = ""): Promise<void> {
  const { code, stderr } = await runProgram(MOODSYNC, args, { home, input });
  if (code !== 0) throw new Error(`moodsync ${args.join(" ")} ended with ${code}: ${stderr}`);
}

/** Hands everything on to the server and counts what is sent there. */
async function startCounter(serverUrl: string): Promise<{ url: string; sent(): number; close(): void }> {
  let sent = 0;
  const port = Number(new URL(serverUrl).port);
  const counter = createServer((socket) => {
    const onwards = connect(port, "127.0.0.1");
    socket.on("data", (bytes) => {
      sent += bytes.length;
    });
    socket.pipe(onwards).pipe(socket);
    for (const end of [socket, onwards]) end.on("error", () => {});
  }).listen(0, "127.0.0.1");
  await once(counter, "listening");
  const { port: own } = counter.address() as AddressInfo;
  return { url: `http://127.0.0.1:${own}`, sent: () => sent, close: () => void counter.close() };
}
