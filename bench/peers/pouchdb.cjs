// PouchDB as a peer, each role in a process of its own: `pouchdb.cjs DIRECTORY serve`, or `fill`, `upload`, `download`
// with the URL of a database and the name of a local one. Its packages lie in DIRECTORY.
const { createRequire } = require("node:module");
const { mkdirSync } = require("node:fs");
const { join } = require("node:path");

const [directory, role, url, name] = process.argv.slice(2);
const load = createRequire(join(directory, "package.json"));
const PouchDB = load("pouchdb");
const ENTRIES = 10_000;
const WORDS =
  "slept ran walked worked rested talked cooked read rain sun river friends home late early calm".split(" ");
const OPTIONS = { batch_size: 1_000 };

if (role === "serve") {
  mkdirSync(join(directory, "served"), { recursive: true });
  process.chdir(join(directory, "served"));
  const app = load("express")();
  const Served = PouchDB.defaults({ prefix: `${join(directory, "served")}/` });
  app.use(
    "/",
    load("express-pouchdb")(Served, { mode: "minimumForPouchDB", logPath: join(directory, "log.txt") }),
  );
  const server = app.listen(0, "127.0.0.1", () => {
    process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
  });
} else {
  const local = new PouchDB(join(directory, name));
  const work = {
    fill: () => local.bulkDocs(Array.from({ length: ENTRIES }, (_, at) => mood(at))),
    upload: () => local.replicate.to(url, OPTIONS),
    download: () => local.replicate.from(url, OPTIONS),
  }[role];
  work()
    .then(() => local.info())
    .then(({ doc_count: count }) => {
      if (count !== ENTRIES) throw new Error(`${count} documents`);
      return local.close();
    })
    .then(
      () => process.exit(0),
      (error) => {
        process.stderr.write(`${error.stack}\n`);
        process.exit(1);
      },
    );
}

function mood(at) {
  const note = Array.from({ length: 17 }, (_, word) => WORDS[(at * 7 + word * word) % WORDS.length]).join(
    " ",
  );
  const recordedAt = new Date(Date.now() - at * 60_000).toISOString();
  return { _id: crypto.randomUUID(), value: 1 + (at % 5), activities: [], note, recorded_at: recordedAt };
}
