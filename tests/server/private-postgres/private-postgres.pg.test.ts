import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { LogFields, ServerLog } from "../../../server/observability/log.ts";
import { readPidFile, readPostmaster } from "../../../server/private-postgres/postmaster.ts";
import { type PrivatePostgres, startPrivatePostgres } from "../../../server/private-postgres/start.ts";
import { connect } from "../../helpers/postgres/postgres-databases.ts";
import { until } from "../../helpers/until.ts";

const HOLDER = fileURLToPath(new URL("../../helpers/postgres/hold-private-postgres.ts", import.meta.url));
const base = mkdtempSync("/tmp/moodsync-test-");
afterAll(() => rmSync(base, { recursive: true, force: true }));

let directory: string;
beforeEach(() => {
  directory = join(mkdtempSync(join(base, "home-")), "postgres");
});

const start = (purpose: "serve" | "admin") =>
  startPrivatePostgres({ directory, systemDirectory: base, purpose });

/** What is stored in a private PostgreSQL of its own process, which then goes on running. */
async function holdInOtherProcess(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", HOLDER, directory, base], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout!, "data");
  return { child, url: String(line).trim() };
}

async function ask<T>(url: string, query: string): Promise<T> {
  const sql = connect(url);
  try {
    const [row] = await sql.unsafe(query);
    return row as T;
  } finally {
    await sql.end();
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}

async function untilStopped(dataDirectory: string): Promise<void> {
  while (readPostmaster(dataDirectory) !== undefined) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("the private PostgreSQL", () => {
  test("keeps its data from one start to the next, with checksums and no TCP", async () => {
    const first = await start("serve");
    await ask(first.url, "create table kept as select 42 as answer");
    const settings = await ask<Record<string, string>>(
      first.url,
      "select current_setting('data_checksums') as checksums, current_setting('listen_addresses') as tcp",
    );
    await first.stop();
    const second = await start("serve");
    const kept = await ask<{ answer: number }>(second.url, "select answer from kept");
    await second.stop();

    expect(settings).toEqual({ checksums: "on", tcp: "" });
    expect(kept.answer).toBe(42);
  });

  test("lets nobody else reach its socket and its data", async () => {
    const postgres = await start("serve");
    const socketDirectory = new URL(postgres.url).searchParams.get("host")!;
    const modes = [socketDirectory, join(postgres.directory, "data")].map(
      (path) => statSync(path).mode & 0o777,
    );
    await postgres.stop();
    expect(modes).toEqual([0o700, 0o700]);
    expect(() => statSync(socketDirectory)).toThrow("ENOENT");
  });

  test("comes back with its data after serve was killed", async () => {
    const { child, url } = await holdInOtherProcess();
    await ask(url, "create table kept as select 42 as answer");
    await end(child, "SIGKILL");
    const left = readPostmaster(join(realpathSync(directory), "data"));
    const next = await start("serve");
    const kept = await ask<{ answer: number }>(next.url, "select answer from kept");
    await next.stop();

    expect(left, "the killed serve leaves PostgreSQL running").toBeDefined();
    expect(kept.answer).toBe(42);
  });

  test("stops when serve exits without stopping it", async () => {
    const { child } = await holdInOtherProcess();
    await end(child, "SIGTERM");
    await untilStopped(join(realpathSync(directory), "data"));
  });

  test("is started again at the same place when it was killed under serve, and the log tells", async () => {
    const { log, lines } = keepLog();
    const postgres = await startPrivatePostgres({ directory, systemDirectory: base, purpose: "serve", log });
    const dataDirectory = join(postgres.directory, "data");
    await ask(postgres.url, "create table kept as select 42 as answer");
    for (const signal of ["SIGKILL", "SIGINT"] as const) {
      const { pid } = readPostmaster(dataDirectory)!;
      process.kill(pid, signal);
      await until(() => {
        const running = readPostmaster(dataDirectory);
        return running?.ready && running.pid !== pid;
      });
      expect(await ask(postgres.url, "select answer from kept")).toEqual({ answer: 42 });
    }
    await postgres.stop();

    expect(readPostmaster(dataDirectory)).toBeUndefined();
    const ended = ["error", "private database ended", "database_ended"];
    const again = (attempts: number) => ["warn", "private database started again", attempts];
    expect(lines).toEqual([ended, again(1), ended, again(2)]);
  });

  test("stops for good while it is being started again", async () => {
    const postgres = await startPrivatePostgres({
      directory,
      systemDirectory: base,
      purpose: "serve",
      log: keepLog().log,
    });
    const dataDirectory = join(postgres.directory, "data");
    process.kill(readPostmaster(dataDirectory)!.pid, "SIGKILL");
    await until(() => readPidFile(dataDirectory)?.ready === false || readPostmaster(dataDirectory)?.ready);
    await postgres.stop();
    await sleep(300);
    expect(readPostmaster(dataDirectory)).toBeUndefined();
  });

  test("is refused to a second serve, and used by an admin command, while serve runs", async () => {
    const { child, url } = await holdInOtherProcess();
    await expect(start("serve")).rejects.toThrow("Another `moodsync serve` runs on this data.");
    const admin = await start("admin");
    await admin.stop();
    const alive = await ask<{ one: number }>(url, "select 1 as one");
    await end(child, "SIGTERM");

    expect(admin.url).toBe(url);
    expect(alive.one).toBe(1);
  });

  test("is started for one admin command after the other when no serve runs", async () => {
    const commands = [1, 2].map(async () => {
      const postgres = await start("admin");
      await ask(postgres.url, "select pg_sleep(0.1)");
      await postgres.stop();
    });
    await expect(Promise.all(commands)).resolves.toHaveLength(2);
  });

  test("refuses the data of another PostgreSQL version in one sentence", async () => {
    const postgres = await start("serve");
    await postgres.stop();
    writeFileSync(join(postgres.directory, "data/PG_VERSION"), "15\n");
    await expect(start("serve")).rejects.toThrow(
      /was written by PostgreSQL 15, and this moodsync brings PostgreSQL 18\.$/,
    );
  });

  test("is refused, not begun anew, where its data is gone", async () => {
    const postgres = await start("serve");
    await postgres.stop();
    const data = join(postgres.directory, "data");
    rmSync(join(data, "PG_VERSION"));
    await expect(start("serve")).rejects.toMatchObject({
      message: expect.stringMatching(/^(The server's data is gone: |There is no PostgreSQL data in )/),
      hint: expect.stringContaining("to start with an empty database."),
    });
    expect(existsSync(join(data, "base")), "nothing is removed").toBe(true);
  });

  test("keeps its data when the home that it is in was moved", async () => {
    const first = await start("serve");
    await ask(first.url, "create table kept as select 42 as answer");
    await first.stop();
    const moved = `${dirname(directory)}-moved`;
    renameSync(dirname(directory), moved);
    const second = await startPrivatePostgres({
      directory: join(moved, "postgres"),
      systemDirectory: base,
      purpose: "serve",
    });
    const kept = await ask<{ answer: number }>(second.url, "select answer from kept");
    await second.stop();
    expect(kept.answer).toBe(42);
  });

  test("believes no file that PostgreSQL's account can write: no directory is removed, no text of others shown", async () => {
    const postgres = await start("serve");
    await postgres.stop();
    const data = join(postgres.directory, "data");
    const victim = mkdtempSync("/tmp/moodsync-victim-");
    const twin = join(mkdtempSync(join(base, "s-")), "s-abcdef");
    mkdirSync(twin);
    const marker = mkdtempSync("/tmp/moodsync-");
    for (const path of [
      victim,
      `${marker}/../${basename(victim)}`,
      twin,
      `${postgres.directory}/s-abcdef/..`,
    ]) {
      writeFileSync(join(data, "postmaster.pid"), `999999\n${data}\n1\n5432\n${path}\n\n1 1\nready\n`);
      await (await start("serve")).stop();
      expect([victim, twin, data].map(existsSync), path).toEqual([true, true, true]);
    }
    writeFileSync(join(victim, "secret"), "15 PRIVATE-MARKER\n");
    rmSync(join(data, "PG_VERSION"));
    symlinkSync(join(victim, "secret"), join(data, "PG_VERSION"));
    const error = await start("serve").catch((e: Error) => e.message);
    expect(error).toMatch(/^There is no PostgreSQL data in /);
    for (const path of [victim, marker]) rmSync(path, { recursive: true });
  });

  test("says that --db is needed where there is no package for the platform", async () => {
    const { arch } = process;
    Object.defineProperty(process, "arch", { value: "mips" });
    try {
      await expect(start("serve")).rejects.toMatchObject({
        message: expect.stringContaining("is not installed"),
        hint: expect.stringContaining("--db"),
      });
    } finally {
      Object.defineProperty(process, "arch", { value: arch });
    }
  });

  test("logs no row of a failing statement", async () => {
    const postgres = await start("serve");
    await ask(postgres.url, "create table marked (note text check (length(note) < 3))");
    await expect(ask(postgres.url, "insert into marked values ('PRIVATE-MARKER')")).rejects.toThrow();
    await expect(ask(postgres.url, "select 'PRIVATE-MARKER'::int")).rejects.toThrow();
    await stopAndReadLog(postgres).then((log) => {
      expect(log).toContain("ready to accept connections");
      expect(log).not.toContain("PRIVATE-MARKER");
    });
  });
});

/** A log that keeps level, event and code or count. */
function keepLog(): { log: ServerLog; lines: unknown[][] } {
  const lines: unknown[][] = [];
  const at =
    (level: string) =>
    (event: string, { code, attempts }: LogFields = {}) =>
      void lines.push([level, event, code ?? attempts]);
  return { log: { info: at("info"), warn: at("warn"), error: at("error") }, lines };
}

async function stopAndReadLog(postgres: PrivatePostgres): Promise<string> {
  await postgres.stop();
  return readFileSync(join(postgres.directory, "postgres.log"), "utf8");
}
