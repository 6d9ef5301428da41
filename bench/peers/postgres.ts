import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseDatabaseUrl } from "../../server/db/database-url.ts";
import { openDatabase } from "../../server/db/pool.ts";
import { newHome, removeHome } from "../../tests/helpers/program/home.ts";
import type { Figure } from "../figure.ts";
import { fillWithMoods, noteOf } from "../fill.ts";
import { MOODSYNC, timeProcess } from "../measure.ts";
import type { SyncServer } from "../sync-server.ts";
import { connectClients, uploadFor } from "../uploads.ts";
import { isInstalled } from "./installed.ts";

const ROUNDS = 7;
const ENTRIES = 10_000;
const ACCOUNTS = [1, 16, 50];
/** Above those of pgbench. */
const BULK_ACCOUNT = 2_000;
const BARE_DOWNLOAD = fileURLToPath(new URL("bare-download.cjs", import.meta.url));
const MEASURED_S = 2;
/** As many as the server has; its private PostgreSQL takes hardly more. */
const MAX_CONNECTIONS = 10;

/** What an upload writes, as two statements and without any check: a head is swapped, a row is stored. */
const SCRIPT = `\\set account random(1, 1000)
update bench_heads set seq = seq + 1 where id = :account;
insert into bench_moods (account, id, value, note, seq) values (:account, gen_random_uuid(), 4, null, 1);
`;
const TABLES = `
  create table if not exists bench_heads (id integer primary key, seq bigint not null);
  insert into bench_heads select id, 0 from generate_series(1, 1000) as id on conflict do nothing;
  create table if not exists bench_moods (
    account integer, id uuid, value integer, note text, seq bigint, primary key (account, id));
  create index if not exists bench_moods_by_seq on bench_moods (account, seq)`;

/** How far is the server from its database: uploads of one change beside pgbench, a first upload beside COPY of as
 *  many rows, and a first download beside a select of them with an insert into SQLite? Nothing where psql and pgbench are not installed. */
export async function measurePostgres(server: SyncServer): Promise<Figure[]> {
  if (!isInstalled("pgbench") || !isInstalled("psql")) return [];
  const directory = mkdtempSync(join(tmpdir(), "moodsync-bench-"));
  const db = openDatabase({ url: server.databaseUrl, prepare: false });
  try {
    for (const statement of TABLES.split(";")) await db.run((sql) => sql.unsafe(statement));
    return [...(await measureUploads(server, directory)), ...measureBulk(server, directory)];
  } finally {
    await db.run((sql) => sql`drop table if exists bench_heads, bench_moods`);
    await db.close();
    rmSync(directory, { recursive: true });
  }
}

async function measureUploads(server: SyncServer, directory: string): Promise<Figure[]> {
  const script = join(directory, "upload.sql");
  writeFileSync(script, SCRIPT);
  const clients = await connectClients(server, Math.max(...ACCOUNTS) + ROUNDS);
  const figures: Figure[] = [];
  for (const accounts of ACCOUNTS) {
    const [values, reference]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      const done = await uploadFor(MEASURED_S * 1000, clients.slice(round, round + accounts));
      values.push(done.reduce((sum, one) => sum + one, 0) / MEASURED_S);
      const args = [
        "-n",
        "-c",
        `${Math.min(accounts, MAX_CONNECTIONS)}`,
        "-j",
        "2",
        "-T",
        `${MEASURED_S}`,
        "-f",
        script,
        server.databaseUrl,
      ];
      const told = execFileSync("pgbench", args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
      reference.push(Number(/tps = ([\d.]+)/.exec(told)![1]));
    }
    figures.push({
      name: `uploads of one change, accounts at once: ${accounts}, of PostgreSQL`,
      unit: "a second",
      values,
      reference: { name: "pgbench with two bare statements", values: reference },
    });
  }
  return figures;
}

function measureBulk(server: SyncServer, directory: string): Figure[] {
  const csv = join(directory, "rows.csv");
  const ours: Record<"upload" | "download", number[]> = { upload: [], download: [] };
  const bare: typeof ours = { upload: [], download: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const rows = Array.from(
      { length: ENTRIES },
      (_, at) => `${BULK_ACCOUNT + round},${crypto.randomUUID()},4,${noteOf(at)},${at}`,
    );
    writeFileSync(csv, rows.join("\n"));
    const startedAt = performance.now();
    const { status } = spawnSync("psql", [server.databaseUrl, "-c", `\\copy bench_moods from '${csv}' csv`]);
    if (status !== 0) throw new Error("psql failed");
    bare.upload.push(performance.now() - startedAt);
    bare.download.push(timeBareDownload(server, BULK_ACCOUNT + round, join(directory, `${round}.sqlite`)));
    const [from, to] = [newHome(), newHome()];
    const apiKey = server.addAccount();
    fillWithMoods(from, ENTRIES);
    for (const home of [from, to]) server.connect(home, apiKey);
    ours.upload.push(timeProcess([MOODSYNC, "sync"], from));
    ours.download.push(timeProcess([MOODSYNC, "sync"], to));
    for (const home of [from, to]) removeHome(home);
  }
  const references = {
    upload: "psql's \\copy of as many rows",
    download: "a Node that selects as many rows and inserts them into SQLite",
  };
  return (["upload", "download"] as const).map((way) => ({
    name: `first ${way} of ${ENTRIES} moods, wall`,
    unit: "ms",
    values: ours[way],
    reference: { name: references[way], values: bare[way] },
  }));
}

function timeBareDownload({ databaseUrl }: SyncServer, account: number, file: string): number {
  const { url, path = "" } = parseDatabaseUrl(databaseUrl);
  return timeProcess([BARE_DOWNLOAD, url, path, `${account}`, file], dirname(file));
}
