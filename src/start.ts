import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import Module, { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";
import { draftOf, removeDraft } from "./files/drafts.ts";
import { requireTrustedPath } from "./files/trusted-path.ts";
import { databaseFile, type Home, locateHome } from "./local/storage/home.ts";
import { printVersionIfAsked } from "./version.ts";

/** The first digits of the SHA-256 of main.cjs, put here by scripts/build.js. */
declare const MAIN_HASH: string;

/** The program, built beside this file. */
const MAIN_FILE = join(import.meta.dirname, "main.cjs");
const VERSION = `main-${MAIN_HASH}-${process.versions.v8}-${process.arch}`;
/** A cache holds what the command that made it has compiled. `sync`, which runs most of all, needs much that no other command
 *  does, so it has one of its own. */
const CACHES = { ofSync: `${VERSION}-sync.cache`, ofOthers: `${VERSION}.cache` };
const CHECKSUM_BYTES = 32;
const OTHERS_MAY_WRITE = 0o022;

process.umask(0o077);
if (!printVersionIfAsked(process.argv.slice(2))) start();

/** Loads an ES module that was built beside this file, for the program: an `import()` of a script with a code cache would
 *  print a warning of Node 20. */
export function loadEs(path: string): Promise<unknown> {
  return import(path);
}

/** Loads the program with what V8 compiled of it at an earlier start, which saves up to half of a short
 *  command's time. From 22.1 on Node can keep such a cache itself; Node 20 is given one here. It holds compiled code and nothing else, and is the
 *  user's alone, because whoever writes it writes the program. Whatever is wrong with it, the program is compiled anew. */
function start(): void {
  const home = findHome();
  const cacheDir = home && isOwnDirectory(home.cacheDir) ? home.cacheDir : null;
  const { enableCompileCache } = Module as { enableCompileCache?: (directory: string) => void };
  const hasSourceMaps = process.env.MOODSYNC_DEBUG !== undefined; // which only Node's own loader reads
  if (hasSourceMaps || enableCompileCache) {
    if (cacheDir !== null) enableCompileCache?.(cacheDir);
    createRequire(MAIN_FILE)(MAIN_FILE);
  } else loadMain(cacheDir);
  process.once("exit", (code) => {
    // Beside data only, so that a command that was merely tried leaves nothing behind.
    if (code === 0 && home && existsSync(databaseFile(home))) makeDirectory(home.cacheDir);
  });
}

function loadMain(cacheDir: string | null): void {
  const name = process.argv[2] === "sync" ? CACHES.ofSync : CACHES.ofOthers;
  compile(cacheDir, name).runInThisContext()(createRequire(MAIN_FILE), import.meta.dirname);
}

/** Not where the program is run: a call that lasts as long as a command would keep the cache in memory, 0.8 MB. */
function compile(cacheDir: string | null, name: string): Script {
  const cachedData = cacheDir === null ? undefined : readCache(join(cacheDir, name));
  const script = new Script(readMain(), { filename: MAIN_FILE, cachedData });
  if (cacheDir !== null && (cachedData === undefined || script.cachedDataRejected)) {
    // At the end, when the functions that a command calls are compiled, too.
    process.once("exit", (code) => code === 0 && writeCache(cacheDir, name, script.createCachedData()));
  }
  return script;
}

/** The program as a function. Its parts are joined as bytes: of a text joined of texts V8 would keep those, too, 0.9 MB. */
function readMain(): string {
  const [head, tail] = ["(function (require, __dirname) {", "\n})"].map((text) => Buffer.from(text));
  return Buffer.concat([head!, readFileSync(MAIN_FILE), tail!]).toString("latin1");
}

/** V8 looks at the versions in a cache and not at its content, so a checksum stands before that. */
function readCache(file: string): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
    if (!isOwn(fstatSync(descriptor))) return undefined;
    const bytes = readFileSync(descriptor);
    const data = bytes.subarray(CHECKSUM_BYTES);
    return checksum(data).equals(bytes.subarray(0, CHECKSUM_BYTES)) ? data : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Whole or not at all; two processes that do so at once write the same. Those of other versions go. */
function writeCache(cacheDir: string, name: string, data: Buffer): void {
  const file = join(cacheDir, name);
  const draft = draftOf(file);
  try {
    writeFileSync(draft, Buffer.concat([checksum(data), data]), { flag: "wx", mode: 0o600 });
    renameSync(draft, file);
    for (const other of readdirSync(cacheDir)) {
      const isOld = other.startsWith("main-") && !Object.values(CACHES).includes(other);
      if (isOld) rmSync(join(cacheDir, other), { force: true });
    }
  } catch {
    removeDraft(draft); // the next start tries again
  }
}

/** Against damage, not against people. Every command loads node:crypto anyway; a loop over so many bytes here would start
 *  V8's optimizing compiler, which takes 3 MB and more time than the hash. */
function checksum(data: Buffer): Buffer {
  return process.getBuiltinModule("node:crypto").hash("sha256", data, "buffer");
}

function makeDirectory(path: string): void {
  try {
    requireTrustedPath(path);
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch {
    // Without it every start compiles what it needs.
  }
}

function isOwnDirectory(path: string): boolean {
  try {
    requireTrustedPath(path);
    const stats = lstatSync(path);
    return stats.isDirectory() && isOwn(stats);
  } catch {
    return false;
  }
}

function isOwn({ uid, mode }: Stats): boolean {
  return !process.getuid || (uid === process.getuid() && (mode & OTHERS_MAY_WRITE) === 0);
}

function findHome(): Home | null {
  try {
    return locateHome(process.env);
  } catch {
    return null; // the command that needs a home says so
  }
}
