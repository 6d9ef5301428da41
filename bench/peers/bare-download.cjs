// The least that a first download can be, in a process of its own: `bare-download.cjs URL SOCKET ACCOUNT FILE` selects the
// rows of an account of `bench_moods` from PostgreSQL and inserts them into a new SQLite file, each in one statement or
// transaction, and checks nothing.
const Database = require("better-sqlite3");

const [url, path, account, file] = process.argv.slice(2);

async function main() {
  const { default: postgres } = await import("postgres");
  const sql = postgres(url, { ...(path ? { path } : {}), max: 1, fetch_types: false });
  const rows = await sql`
    select id, value, note, seq from bench_moods where account = ${account}::text::integer order by seq`;
  await sql.end();
  const db = new Database(file);
  db.pragma("journal_mode = wal");
  db.pragma("synchronous = full");
  db.exec(`
    create table moods (id text primary key, value integer, note text, seq integer) without rowid;
    create index moods_by_seq on moods (seq)`);
  const insert = db.prepare("insert into moods values (?, ?, ?, ?)");
  db.transaction(() => {
    for (const { id, value, note, seq } of rows) insert.run(id, value, note, seq);
  })();
  db.close();
  process.stdout.write(`${rows.length}\n`);
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
