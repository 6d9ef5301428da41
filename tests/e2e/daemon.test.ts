import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type DaemonStatus, readDaemonStatus } from "../../src/daemon/daemon-status.ts";
import { formatApiKey } from "../../src/domain/protocol/api-key.ts";
import { newHome, removeHome } from "../helpers/program/home.ts";
import { moodsyncBin, runMoodsync, startMoodsync } from "../helpers/program/moodsync.ts";
import { type RunningProgram, runProgram } from "../helpers/program/program.ts";
import { problemOf } from "../helpers/server/problem.ts";
import { until } from "../helpers/until.ts";

type Status = { running: boolean } & Partial<DaemonStatus>;

let home: string;
let homes: string[];
let servers: RunningProgram[];

beforeEach(() => {
  homes = [];
  servers = [];
  home = anotherHome();
});
afterEach(async () => {
  for (const each of homes) {
    if (existsSync(each)) await moodsyncIn(each, "daemon", "stop");
  }
  for (const server of servers) if (server.child.exitCode === null) await server.stop();
  for (const each of homes) if (existsSync(each)) removeHome(each);
});

function anotherHome(): string {
  const path = newHome();
  homes.push(path);
  return path;
}

/** Where the daemon finds a notify-send of the test's own, which writes down what it is told. */
function notifier(where = home): { env: Record<string, string>; shown(): string[] } {
  const directory = join(where, "bin");
  const file = join(where, "shown");
  mkdirSync(directory);
  writeFileSync(join(directory, "notify-send"), `#!/bin/sh\necho "$@" >> '${file}'\n`);
  chmodSync(join(directory, "notify-send"), 0o755);
  return {
    env: { PATH: `${directory}:${process.env.PATH}` },
    shown: () => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []),
  };
}

async function moodsyncIn(where: string, ...args: string[]) {
  return runMoodsync(args, { home: where });
}
const moodsync = (...args: string[]) => moodsyncIn(home, ...args);

async function status(where = home): Promise<Status> {
  return JSON.parse((await moodsyncIn(where, "daemon", "status", "--json")).stdout);
}

/** The status that the daemon last wrote, read without a process for each question. */
const written = () => readDaemonStatus(join(home, "state"));

const eventsOf = (where: string): string[] =>
  readFileSync(join(where, "state/daemon.log"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).event);

/** Whether the system lists the processes of a home, as Linux does in /proc. */
const NO_LIST = [process.platform !== "linux", "only Linux tells which processes run for a home"] as const;

/** Processes that run for a home, by their environment. */
function processesOf(where: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`MOODSYNC_HOME=${where}`);
      } catch {
        return false;
      }
    });
}

function isChildOf(pid: number, parents: ReadonlySet<number>): boolean {
  try {
    const [, parent] = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))!;
    return parents.has(Number(parent));
  } catch {
    return true; // it has ended
  }
}

async function serve(port = 0): Promise<RunningProgram & { url: string; keyFile: string }> {
  const serverHome = homes[1] ?? anotherHome();
  const program = startMoodsync(["serve", "--port", String(port)], { home: serverHome });
  servers.push(program);
  const [, url] = await program.waitFor(/^listening on (\S+)\n$/);
  return { ...program, url: url!, keyFile: join(serverHome, "state/server/account.key") };
}

/** A server of before sealing that knows every device and every key, and then never answers a sync. */
async function serveSilence(): Promise<{ url: string; asked: () => number; close(): void }> {
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/v1/devices/")) {
      response.writeHead(200, { "content-type": "application/json" });
      const [time, id] = ["2026-11-22T08:30:00.000Z", request.url.slice(-36)];
      response.end(JSON.stringify({ id, label: "label", created_at: time, last_seen_at: time }));
    } else if (request.url === "/v1/sealing") {
      response.writeHead(404, { "content-type": "application/problem+json" });
      response.end(JSON.stringify(problemOf("not_found")));
    } else asked++;
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const close = () => void server.close().closeAllConnections();
  return { url: `http://127.0.0.1:${port}`, asked: () => asked, close };
}

describe("the daemon", () => {
  test("starts once, says so, and stops", async () => {
    const first = await moodsync("daemon", "start", "--json");
    expect(first.code).toBe(0);
    const { pid } = JSON.parse(first.stdout);
    const second = await moodsync("daemon", "start");
    expect(second).toMatchObject({ code: 0, stdout: `The daemon is already running (process ${pid}).\n` });
    expect(await moodsync("daemon", "run")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("A daemon is already running for this database."),
    });
    expect(await status()).toMatchObject({ running: true, pid, reminders: true });
    await until(() => written()?.database_read);
    expect((await moodsync("daemon", "status")).stdout).toContain("sync is not set up");
    const restarted = JSON.parse((await moodsync("daemon", "restart", "--json")).stdout);
    expect(restarted).toMatchObject({ running: true, was_running: true });
    expect(restarted.pid).not.toBe(pid);
    expect(await moodsync("daemon", "stop")).toMatchObject({ code: 0, stdout: "The daemon has stopped.\n" });
    expect(await moodsync("daemon", "stop")).toMatchObject({ code: 0, stdout: "No daemon is running.\n" });
    expect(await status()).toEqual({ running: false });
  });

  test("says nothing of sync before it knows whether that is set up", async () => {
    const node = process.execPath;
    // Its children wait until the file is there.
    const wrapper = join(home, "node");
    writeFileSync(
      wrapper,
      `#!/bin/sh\nwhile [ ! -e '${home}/go' ]; do sleep 0.1; done\nexec '${node}' "$@"\n`,
    );
    chmodSync(wrapper, 0o755);
    const preload = join(home, "preload.cjs");
    writeFileSync(preload, `process.execPath = ${JSON.stringify(wrapper)};`);
    const daemon = runProgram("--require", [preload, moodsyncBin(), "daemon", "run"], { home });
    await until(() => written());
    const shown = (await moodsync("daemon", "status")).stdout;
    expect(shown).toContain("not read yet");
    expect(shown).not.toContain("not set up");
    expect(await status()).toMatchObject({ database_read: null, halted: null });
    writeFileSync(join(home, "go"), "");
    await until(() => written()?.halted === "not_configured");
    await moodsync("daemon", "stop");
    expect(await daemon).toMatchObject({ code: 0 });
  });

  test("is left running by an install that cannot be done", async () => {
    const { pid } = JSON.parse((await moodsync("daemon", "start", "--json")).stdout);
    const directory = join(home, "bin");
    mkdirSync(directory);
    for (const name of ["systemctl", "launchctl"]) {
      writeFileSync(join(directory, name), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    }
    const env = { PATH: `${directory}:${process.env.PATH}` };
    const before = readdirSync(home);
    for (const words of [["install"], ["install", "--timer"]]) {
      const result = await runMoodsync(["daemon", ...words], { home, env });
      expect(result).toMatchObject({ code: 1, stdout: "" });
      expect(result.stderr).toContain("nothing was changed");
    }
    expect(readdirSync(home)).toEqual(before);
    expect(await status()).toMatchObject({ running: true, pid });
  });

  const canUnshare = process.platform === "linux" && process.getuid?.() === 0;
  test.runIf(canUnshare)("is found and ended as process 1 of a container", async () => {
    const container = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"];
    const daemon = startMoodsync(["daemon", "run"], { home, through: container });
    await until(() => written()?.pid === 1);
    // From outside, process 1 is another one.
    expect(await moodsync("daemon", "stop")).toMatchObject({ code: 1 });
    expect((await moodsync("daemon", "status")).stdout).toContain("process 1 of a container");
    const [inside] = processesOf(home).filter((pid) => isChildOf(pid, new Set([daemon.child.pid!])));
    const through = ["nsenter", "--target", String(inside), "--pid", "--mount"];
    const stopped = await runMoodsync(["daemon", "stop"], { home, through });
    expect(stopped).toMatchObject({ code: 0, stdout: "The daemon has stopped.\n" });
    await until(() => daemon.child.exitCode === 0);
  });

  test("started five times at once runs once, and leaves no process behind", async ({ skip }) => {
    skip(...NO_LIST);
    const started = await Promise.all(Array.from({ length: 5 }, () => moodsync("daemon", "start", "--json")));
    const pids = new Set(started.map(({ stdout }) => JSON.parse(stdout).pid));
    expect(pids.size).toBe(1);
    // It may have a child of its own at this moment, but then all others are children of it.
    const parents = processesOf(home).filter((pid) => !isChildOf(pid, pids));
    expect(parents).toEqual([...pids]);
    await moodsync("daemon", "stop");
    expect(processesOf(home)).toEqual([]);
  });

  test("killed with -9 it blocks nothing, and starts again", async () => {
    const { pid } = JSON.parse((await moodsync("daemon", "start", "--json")).stdout);
    process.kill(pid, "SIGKILL");
    await until(async () => !(await status()).running);
    expect(await moodsync("log", "mood", "4")).toMatchObject({ code: 0 });
    expect(await status()).toEqual({ running: false });
    expect(await moodsync("daemon", "stop")).toMatchObject({ stdout: "No daemon is running.\n" });
    const again = JSON.parse((await moodsync("daemon", "start", "--json")).stdout);
    expect(again).toMatchObject({ running: true, was_running: false });
    expect(await status()).toMatchObject({ running: true, pid: again.pid });
  });

  test("in the foreground ends on SIGTERM, reads its settings on SIGHUP, and ends when its home is removed", async () => {
    const program = startMoodsync(["daemon", "run"], { home });
    await until(() => written()?.pid === program.child.pid);
    await moodsync("config", "set", "sync.interval", "7");
    program.child.kill("SIGHUP");
    await until(() => written()?.interval_minutes === 7);
    expect(await program.stop("SIGTERM")).toBe(0);
    const other = startMoodsync(["daemon", "run"], { home });
    await until(() => written()?.pid === other.child.pid);
    rmSync(home, { recursive: true });
    other.child.kill("SIGHUP"); // so that it notices now and not within a minute
    expect(await other.stop("SIGCONT")).toBe(0);
    expect(existsSync(home)).toBe(false);
  });

  test("ends while a sync hangs, with that sync, even if that is stopped", async ({ skip }) => {
    skip(...NO_LIST);
    const silence = await serveSilence();
    const key = formatApiKey({ userId: "11111111-2222-4333-8444-555555555555", secret: "ab".repeat(32) });
    const enabled = await runMoodsync(["sync", "enable", silence.url, "--key-stdin"], { home, input: key });
    expect(enabled.code).toBe(0);
    for (const makeItHarder of [false, true]) {
      const askedBefore = silence.asked();
      const program = startMoodsync(["daemon", "run"], { home });
      await until(() => silence.asked() > askedBefore);
      const child = await until(() => processesOf(home).find((pid) => pid !== program.child.pid));
      // Other commands go on meanwhile, and a second sync does not wait.
      expect(await moodsync("log", "mood", "3")).toMatchObject({ code: 0 });
      expect(JSON.parse((await moodsync("sync", "--json")).stdout)).toMatchObject({ status: "busy" });
      if (makeItHarder) process.kill(child, "SIGSTOP");
      expect(await program.stop("SIGTERM")).toBe(0);
      await until(() => processesOf(home).length === 0);
    }
    silence.close();
  });

  test("syncs a change soon, outlives an absent server, notices a revoked key and goes on with a new one", async () => {
    let server = await serve();
    const port = Number(new URL(server.url).port);
    await moodsync("sync", "enable", server.url, "--key-file", server.keyFile);
    await moodsync("daemon", "start");
    await until(() => written()?.last_sync === "ok");
    await moodsync("log", "mood", "4", "--note", "PRIVATE-MARKER-d1");
    const pending = async () => JSON.parse((await moodsync("sync", "status", "--json")).stdout).pending;
    await until(async () => (await pending()) === 0);

    await server.stop();
    await moodsync("log", "mood", "2");
    await until(() => written()?.last_sync === "unreachable");
    server = await serve(port);
    await until(async () => (await pending()) === 0);
    expect(eventsOf(home)).toContain("server back");

    const serverHome = homes[1]!;
    const admin = async (...words: string[]) =>
      JSON.parse((await moodsyncIn(serverHome, "admin", ...words, "--json")).stdout || "null");
    const [{ user_id }] = await admin("user", "list");
    const { api_key } = await admin("key", "add", user_id);
    const keys = await admin("key", "list", user_id);
    await moodsyncIn(serverHome, "admin", "key", "revoke", user_id, keys[0].id);
    await moodsync("log", "mood", "1");
    await until(() => written()?.last_sync === "unauthorized");
    expect((await moodsync("daemon", "status")).stdout).toContain("the key was not accepted");

    await runMoodsync(["sync", "enable", server.url, "--key-stdin"], { home, input: api_key });
    await until(async () => written()?.last_sync === "ok" && (await pending()) === 0);
    const log = readFileSync(join(home, "state/daemon.log"), "utf8");
    for (const secret of ["PRIVATE-MARKER", "msk_", user_id, String(port)]) expect(log).not.toContain(secret);
  });

  test("goes on when a key file that others could read is its owner's again, or a sync by hand worked", async () => {
    const server = await serve();
    await moodsync("sync", "enable", server.url, "--key-file", server.keyFile);
    await moodsync("daemon", "start");
    await until(() => written()?.last_sync === "ok");
    chmodSync(join(home, "api-key"), 0o644);
    await moodsync("log", "mood", "4");
    await until(() => written()?.last_sync === "unauthorized");
    const apiKey = readFileSync(server.keyFile, "utf8");
    const byHand = await runMoodsync(["sync"], { home, env: { MOODSYNC_API_KEY: apiKey } });
    expect(byHand.code).toBe(0);
    await until(() => eventsOf(home).filter((event) => event === "sync failed").length === 2);
    chmodSync(join(home, "api-key"), 0o600);
    await moodsync("log", "mood", "2"); // so that it notices now and not within a minute
    await until(() => written()?.last_sync === "ok");
  });

  test("stops syncing while sync is off, says so, and goes on when it is on again", async () => {
    const server = await serve();
    const enable = () => moodsync("sync", "enable", server.url, "--key-file", server.keyFile);
    await enable();
    await moodsync("daemon", "start");
    await until(() => written()?.last_sync === "ok");
    await moodsync("sync", "disable");
    await until(() => written()?.halted === "not_configured");
    expect(await status()).toMatchObject({ halted: "not_configured", next_sync_at: null });
    expect((await moodsync("daemon", "status")).stdout).toMatch(/^Stopped +sync is not set up/m);
    const before = written()!.last_sync_at;
    await enable();
    await until(() => written()?.halted === null && written()?.last_sync_at !== before);
    expect(await status()).toMatchObject({ halted: null, last_sync: "ok" });
  });

  test("reminds once of what is due, without a score, and not of what was taken", async () => {
    const { env, shown } = notifier();
    await moodsync("schedule", "add", "PHQ-9", "weekly", "--next-due", "2026-01-05");
    await moodsync("schedule", "add", "GAD-7", "weekly", "--next-due", "2026-01-05");
    await moodsync("log", "assessment", "GAD-7", "--score", "17");
    const program = startMoodsync(["daemon", "run"], { home, env });
    await until(() => shown().length > 0);
    program.child.kill("SIGHUP");
    await until(() => eventsOf(home).includes("settings read"));
    await program.stop();
    const decidedAt = () => statSync(join(home, "state/reminders.json")).mtimeMs;
    const before = decidedAt();
    const again = startMoodsync(["daemon", "run"], { home, env });
    await until(() => decidedAt() !== before);
    await again.stop();
    expect(shown()).toEqual(["--app-name=moodsync -- moodsync PHQ-9 is due."]);
  });

  test("reminds on one of two devices, and not of what was taken on the other", async () => {
    const server = await serve();
    const other = anotherHome();
    for (const each of [home, other]) {
      await moodsyncIn(each, "sync", "enable", server.url, "--key-file", server.keyFile);
    }
    await moodsync("schedule", "add", "PHQ-9", "weekly", "--next-due", "2026-01-05");
    await moodsync("schedule", "add", "GAD-7", "weekly", "--next-due", "2026-01-05");
    await moodsync("sync");
    await moodsyncIn(other, "sync");
    await moodsyncIn(other, "log", "assessment", "GAD-7", "--score", "3");
    await moodsyncIn(other, "sync");
    await moodsync("log", "mood", "3"); // so that this device is the one last used; it does not know of the GAD-7
    const here = notifier();
    const there = notifier(other);
    const daemons = [
      startMoodsync(["daemon", "run"], { home, env: here.env }),
      startMoodsync(["daemon", "run"], { home: other, env: there.env }),
    ];
    await until(() => here.shown().length > 0);
    await until(() => existsSync(join(other, "state/reminders.json")));
    const snapshot = async () => JSON.parse((await moodsyncIn(other, "daemon", "snapshot")).stdout);
    await until(async () => !(await snapshot()).isLastUsedDevice); // for more than an hour it will not remind now
    for (const daemon of daemons) await daemon.stop();
    expect(here.shown()).toEqual(["--app-name=moodsync -- moodsync PHQ-9 is due."]);
    expect(there.shown()).toEqual([]);
  });
});
