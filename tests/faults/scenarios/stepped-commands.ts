import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { EXIT_CODE } from "../../../src/domain/exit-code.ts";
import { openSqlite } from "../../../src/files/open-sqlite.ts";
import { SCHEMA_HASHES, schemaHash } from "../../../src/local/storage/own-schema.ts";
import type { ProgramResult } from "../../helpers/program/program.ts";
import { type ProgramDevice, programDevice } from "../../helpers/program/program-device.ts";
import { serverMoodIds, uploadMoods } from "../../helpers/server/program-client.ts";
import { check, checkPresent, checkReadable, checkSound, drain } from "../checks.ts";
import { connectedDevice, type Resources } from "../resources.ts";
import type { Subject } from "./every-step.ts";

const LOG = ["log", "mood", "4", "-n", "a note", "--json"];

/** The first command on a device makes its database. */
export async function firstLog(resources: Resources): Promise<Subject> {
  return {
    prepare: async () => ({ device: resources.newDevice(), args: LOG }),
    inspect: (device, result) => inspectLog(device, result, new Set()),
  };
}

export async function laterLog(resources: Resources): Promise<Subject> {
  const template = resources.newDevice();
  const before = await logFive(template);
  return logOnCopies(resources, template, before);
}

/** What was stored last lies in SQLite's log of writes, as after a crash. */
export async function logAfterCrash(resources: Resources): Promise<Subject> {
  const device = resources.newDevice();
  const before = await logFive(device);
  const reader = openSqlite(join(device.home, "moodsync.db"));
  reader.pragma("user_version"); // while somebody has the database open, nobody moves the log into it
  before.add((await device.json(LOG)).id);
  const template = copyOf(resources, device);
  reader.close();
  return logOnCopies(resources, template, before);
}

function logOnCopies(resources: Resources, template: ProgramDevice, before: ReadonlySet<string>): Subject {
  return {
    prepare: async () => ({ device: copyOf(resources, template), args: LOG }),
    inspect: (device, result) => inspectLog(device, result, before),
  };
}

/** A database of this version is opened by the next one, which adds a migration that rewrites a table. */
export async function migration(resources: Resources): Promise<Subject> {
  const bin = makeNextVersion(resources);
  const template = resources.newDevice();
  const before = await logFive(template);
  return {
    prepare: async () => ({ device: programDevice(bin, copyOf(resources, template).home), args: LOG }),
    async inspect(device, result) {
      await inspectLog(device, result, before);
      checkBackups(device);
    },
  };
}

/** One device of one account goes through all of it: every round adds entries on both sides. */
export async function sync(resources: Resources): Promise<Subject> {
  const account = await (await resources.startServer()).newAccount();
  const device = await connectedDevice(resources, account);
  const acknowledged = new Set<string>();
  return {
    async prepare() {
      for (const id of await uploadMoods(account, 2)) acknowledged.add(id);
      acknowledged.add((await device.json(LOG)).id);
      return { device, args: ["sync"] };
    },
    async inspect() {
      checkSound(device);
      await drain([device]);
      checkPresent(acknowledged, await device.moodIds(), "in the database");
      checkPresent(acknowledged, await serverMoodIds(account), "on the server");
    },
  };
}

/** One device of one account, which is sealed or not before the command, with an entry on the server and one that waits. Both
 *  sides begin anew each time. A person who finds the account unsealed says so again. */
export async function founding(resources: Resources, args: string[], isSealed: boolean): Promise<Subject> {
  const server = await resources.startServer();
  const template = await connectedDevice(resources, await server.newAccount());
  let keyFiles = 0;
  const intoFile = () => ["--sealing-key-out", join(resources.newDirectory(), `${keyFiles++}.key`)];
  await template.json(LOG);
  await template.ok(isSealed ? ["sync", "seal", ...intoFile()] : ["sync"]);
  await template.json(LOG);
  const putBack = await server.keepRows();
  return {
    async prepare() {
      await putBack();
      const device = copyOf(resources, template);
      return { device, args: args.includes("unseal") ? args : [...args, ...intoFile()] };
    },
    async inspect(device) {
      checkSound(device);
      const synced = await device.run(["sync", "--json"]);
      if (synced.code === EXIT_CODE.unsealed) await device.ok(["sync", "unseal", "--yes"]);
      else checkReadable(synced, [0], "a sync");
      const { status, entity_types } = await device.json(["sync", "verify"]);
      check(status === "equal", "the server does not hold the same");
      check(entity_types.MoodEntry.here.count === 2, "an entry is lost");
      const { pending, sealed } = await device.json(["sync", "status"]);
      check(pending === 0, `${pending} changes are stuck`);
      check(sealed?.founding !== "filling", "the founding never ends");
    },
  };
}

async function logFive(device: ProgramDevice): Promise<Set<string>> {
  const ids = new Set<string>();
  while (ids.size < 5) ids.add((await device.json(LOG)).id);
  return ids;
}

/** What was there and what was acknowledged is there, the database is sound, the next command works, and what was
 *  refused with "nothing was changed" is not there. */
async function inspectLog(
  device: ProgramDevice,
  { stdout }: ProgramResult,
  before: ReadonlySet<string>,
): Promise<void> {
  const acknowledged = [...before];
  if (stdout.endsWith("}\n") && !stdout.includes('"error"')) acknowledged.push(JSON.parse(stdout).id);
  acknowledged.push((await device.json(["log", "mood", "2"])).id);
  checkSound(device);
  const present = await device.moodIds();
  checkPresent(acknowledged, present, "in the database");
  const isRefusal = stdout.includes("nothing was changed");
  check(present.size <= acknowledged.length + (isRefusal ? 0 : 1), "something is there that nobody logged");
  const drafts = readdirSync(device.home, { recursive: true }).filter((name) => /\.new\b/.test(String(name)));
  check(drafts.length === 0, `${drafts.length} drafts are left for ever`);
}

/** There is one of before the migration, and none that is less than whole. */
function checkBackups({ home }: ProgramDevice): void {
  const names = readdirSync(join(home, "backups")).filter((name) => name.endsWith(".db"));
  check(names.length > 0, "there is no backup");
  for (const name of names) {
    const backup = openSqlite(join(home, "backups", name), { readonly: true });
    const found = backup.pragma("integrity_check", { simple: true });
    backup.close();
    check(found === "ok", "a backup is damaged");
  }
}

function copyOf(resources: Resources, { home, bin }: ProgramDevice): ProgramDevice {
  const copy = resources.newDirectory();
  cpSync(home, copy, { recursive: true });
  return programDevice(bin, copy);
}

/** The built program with one more migration, and the hash of the schema that it makes; what it needs of packages is
 *  linked. */
function makeNextVersion(resources: Resources): string {
  const source = dirname(dirname(resources.bin));
  const next = resources.newDirectory();
  for (const part of ["bin", "dist", "migrations", "package.json"]) {
    cpSync(join(source, part), join(next, part), { recursive: true });
  }
  symlinkSync(join(source, "node_modules"), join(next, "node_modules"));
  const migrations = join(next, "migrations/local");
  const number = String(readdirSync(migrations).length + 1).padStart(4, "0");
  writeFileSync(
    join(migrations, `${number}_rewrite.sql`),
    `alter table mood_entries add column rewritten integer;
     update mood_entries set rewritten = 1;
     create table another as select * from entity_history;`,
  );
  const program = join(next, "dist/main.cjs");
  const last = JSON.stringify(SCHEMA_HASHES.at(-1));
  const [before, after, ...more] = readFileSync(program, "utf8").split(last);
  check(after !== undefined && more.length === 0, "the program does not hold the hash of its schema once");
  writeFileSync(program, [before, `${last},${JSON.stringify(hashAfter(migrations))}`, after].join(""));
  return join(next, "bin/moodsync.js");
}

function hashAfter(migrations: string): string {
  const db = openSqlite(":memory:");
  for (const name of readdirSync(migrations).sort()) db.exec(readFileSync(join(migrations, name), "utf8"));
  return schemaHash(db);
}
