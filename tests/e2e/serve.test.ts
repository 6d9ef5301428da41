import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readPidFile } from "../../server/private-postgres/postmaster.ts";
import { runMoodsync, startMoodsync } from "../helpers/program/moodsync.ts";
import type { RunningProgram } from "../helpers/program/program.ts";
import { until } from "../helpers/until.ts";

const LISTENING = /^listening on (http:\/\/127\.0\.0\.1:\d+)\n$/;
const CONNECT = /moodsync sync enable (\S+) --key-file (\S+)/;

const newHome = () => mkdtempSync(join(tmpdir(), "moodsync-home-"));

let home: string;
let running: RunningProgram[];
beforeEach(() => {
  home = newHome();
  running = [];
});
afterEach(async () => {
  for (const program of running) {
    if (program.child.exitCode === null && program.child.signalCode === null) await program.stop();
  }
  for (const directory of [realPostgresDirectory(), home])
    rmSync(directory, { recursive: true, force: true });
});

function realPostgresDirectory(): string {
  const directory = join(home, "state/server/postgres");
  mkdirSync(join(home, "state/server"), { recursive: true });
  try {
    return realpathSync(directory);
  } catch {
    return directory;
  }
}

const postmasterPid = () => readPidFile(join(realPostgresDirectory(), "data"))?.pid;

async function serve(args: string[] = []): Promise<RunningProgram & { url: string }> {
  const program = startMoodsync(["serve", "--port", "0", ...args], { home });
  running.push(program);
  const [, url] = await program.waitFor(LISTENING);
  return { ...program, url: url! };
}

/** Command lines of the processes that mention the directory. */
function processesOf(directory: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8");
      } catch {
        return "";
      }
    })
    .filter((line) => line.includes(directory));
}

describe("serve without a database", () => {
  test("makes an account on its first start and says how to connect a device with it", async () => {
    const server = await serve();
    const [, url, keyFile] = CONNECT.exec(server.output.stderr)!;
    expect(url).toBe(server.url);
    expect(statSync(keyFile!).mode & 0o777).toBe(0o600);
    const device = newHome();
    const note = "PRIVATE-MARKER-9a";
    const commands = [
      ["sync", "enable", url!, "--key-file", keyFile!],
      ["log", "mood", "4", "-n", note],
      ["sync"],
    ];
    for (const command of commands) {
      expect(await runMoodsync(command, { home: device })).toMatchObject({ code: 0 });
    }
    expect(await server.stop("SIGTERM")).toBe(0);
    expect(server.output.stdout).toBe(`listening on ${url}\n`);
    expect(server.output.stderr).toContain('"route":"/v1/sync/upload"');
    const key = readFileSync(keyFile!, "utf8").trim();
    const postgresLog = readFileSync(join(realPostgresDirectory(), "postgres.log"), "utf8");
    for (const secret of [note, key, key.slice(38, 60)]) {
      expect(server.output.stderr + postgresLog).not.toContain(secret);
    }
    rmSync(device, { recursive: true });
  });

  test.runIf(process.platform === "linux")("ends its PostgreSQL with itself, on Ctrl-C too", async () => {
    const server = await serve();
    expect(processesOf(realPostgresDirectory())).not.toEqual([]);
    expect(await server.stop("SIGINT")).toBe(0);
    expect(processesOf(realPostgresDirectory())).toEqual([]);
  });

  test("comes back after it was killed, with the accounts that it had and no new one", async () => {
    const first = await serve();
    const added = await runMoodsync(["admin", "user", "add", "--json"], { home });
    const { user_id: userId } = JSON.parse(added.stdout);
    await first.stop("SIGKILL");
    const second = await serve();
    expect(second.output.stderr).not.toMatch(CONNECT);
    const users = await runMoodsync(["admin", "user", "list", "--json"], { home });
    expect(JSON.parse(users.stdout).map((user: { user_id: string }) => user.user_id)).toContain(userId);
    expect(JSON.parse(users.stdout)).toHaveLength(2);
  });

  test("starts its PostgreSQL again when that was killed, and keeps what it acknowledged", async () => {
    const server = await serve();
    const [, url, keyFile] = CONNECT.exec(server.output.stderr)!;
    const device = newHome();
    await runMoodsync(["sync", "enable", url!, "--key-file", keyFile!], { home: device });
    for (let kills = 1; kills <= 2; kills++) {
      await runMoodsync(["log", "mood", "4"], { home: device });
      const synced = await runMoodsync(["sync", "--json"], { home: device });
      expect(JSON.parse(synced.stdout)).toMatchObject({ status: "ok", uploaded: 1 });
      const killed = postmasterPid()!;
      process.kill(killed, "SIGKILL");
      await until(() => ![undefined, killed].includes(postmasterPid()));
      await until(async () => (await fetch(`${url}/ready`)).status === 200);
    }
    const verified = await runMoodsync(["sync", "verify"], { home: device });
    expect(verified).toMatchObject({ code: 0 });
    expect(server.output.stderr.match(/"code":"database_ended"/g)).toHaveLength(2);
    expect(await server.stop("SIGTERM")).toBe(0);
    expect(processesOf(realPostgresDirectory())).toEqual([]);
    rmSync(device, { recursive: true });
  });

  test("is administered while it runs and while it does not", async () => {
    const added = await runMoodsync(["admin", "user", "add", "--json"], { home });
    const { user_id: userId, api_key: apiKey } = JSON.parse(added.stdout);
    const server = await serve();
    const devices = () =>
      fetch(`${server.url}/v1/devices`, { headers: { authorization: `Bearer ${apiKey}` } });
    expect((await devices()).status).toBe(200);
    const keys = await runMoodsync(["admin", "key", "list", userId, "--json"], { home });
    const [{ id }] = JSON.parse(keys.stdout);
    const revoked = await runMoodsync(["admin", "key", "revoke", userId, id], { home });
    expect(revoked).toMatchObject({ code: 0, stdout: "The key is revoked.\n" });
    expect((await devices()).status).toBe(401);
  });

  test("refuses to run twice on the same data", async () => {
    await serve();
    const second = await runMoodsync(["serve", "--port", "0"], { home });
    expect(second).toMatchObject({ code: 1, stdout: "" });
    expect(second.stderr).toMatch(/^Another `moodsync serve` runs on this data\.\n/);
  });
});

describe("the arguments of serve", () => {
  test("never prints the URL's password", async () => {
    const url = "postgres://user:hidden-password@127.0.0.1:1/x";
    const { code, stdout, stderr } = await runMoodsync(["serve", "--db", url], { home });
    expect({ code, stdout }).toEqual({ code: 6, stdout: "" });
    expect(stderr).toContain("MOODSYNC_DB_URL");
    expect(stderr).not.toContain("hidden-password");
  });

  test.runIf(process.platform === "linux")("hides its arguments from the list of processes", async () => {
    const server = await serve(["--host", "127.0.0.1"]);
    const commandLine = readFileSync(`/proc/${server.child.pid}/cmdline`, "utf8");
    expect(commandLine).toMatch(/^moodsync serve\0*$/);
  });
});
