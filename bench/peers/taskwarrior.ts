import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { newHome, removeHome } from "../../tests/helpers/program/home.ts";
import type { Figure } from "../figure.ts";
import { fillWithMoods, noteOf } from "../fill.ts";
import { MOODSYNC, timeProcess } from "../measure.ts";
import type { SyncServer } from "../sync-server.ts";
import { isInstalled } from "./installed.ts";

const ROUNDS = 7;
const FIRST = 10_000;
const SIZES = [100, 10_000];
const PORT = 53_589;
const SETTINGS = {
  "server.cert": "pem",
  "server.key": "key",
  "ca.cert": "pem",
  "client.cert": "pem",
  "client.key": "key",
};

/** How long do a first upload and one change take with Taskwarrior and its server taskd, on the same machine? Both come from Debian
 *  into a temporary directory; nothing where there is no apt. */
export async function measureTaskwarrior(server: SyncServer): Promise<Figure[]> {
  if (!isInstalled("apt-get") || !isInstalled("openssl")) return [];
  const directory = mkdtempSync(join(tmpdir(), "moodsync-bench-"));
  const peer = await startTaskd(directory);
  try {
    return [firstUpload(server, directory), ...SIZES.map((size) => oneChange(server, directory, size))];
  } finally {
    peer.kill();
    await once(peer, "close");
    rmSync(directory, { recursive: true });
  }
}

function firstUpload(server: SyncServer, directory: string): Figure {
  const [values, reference]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const peer = newTaskHome(directory, `first${round}`, FIRST);
    reference.push(timeTask(peer, ["sync", "init"]));
    const home = newHome();
    fillWithMoods(home, FIRST);
    server.connect(home, server.addAccount());
    values.push(timeProcess([MOODSYNC, "sync"], home));
    removeHome(home);
  }
  return {
    name: `first upload of ${FIRST}, wall`,
    unit: "ms",
    values,
    reference: { name: "`task sync init` of as many", values: reference },
  };
}

function oneChange(server: SyncServer, directory: string, size: number): Figure {
  const [values, reference]: [number[], number[]] = [[], []];
  const peer = newTaskHome(directory, `change${size}`, size);
  timeTask(peer, ["sync", "init"]);
  const home = newHome();
  fillWithMoods(home, size);
  server.connect(home, server.addAccount());
  timeProcess([MOODSYNC, "sync"], home);
  for (let round = 0; round < 3 * ROUNDS; round++) {
    timeTask(peer, ["add", noteOf(round)]);
    reference.push(timeTask(peer, ["sync"]));
    timeProcess([MOODSYNC, "log", "mood", "4"], home);
    values.push(timeProcess([MOODSYNC, "sync"], home));
  }
  removeHome(home);
  return {
    name: `\`sync\` of one entry on top of ${size}, wall`,
    unit: "ms",
    values,
    reference: { name: "`task sync` of one on as many", values: reference },
  };
}

/** A taskd with one organisation, in whose directory everything of the peer lies. */
async function startTaskd(directory: string): Promise<ChildProcess> {
  const data = join(directory, "data");
  mkdirSync(data);
  const run = (program: string, args: readonly string[]) =>
    execFileSync(program, args, { cwd: directory, stdio: "ignore" });
  run("apt-get", ["download", "taskwarrior", "taskd"]);
  for (const file of readdirSync(directory).filter((name) => name.endsWith(".deb")))
    run("dpkg", ["-x", file, "."]);
  // One certificate for both sides: taskd asks for one of its own authority.
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  run("openssl", [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    ...subject,
    "-keyout",
    "key",
    "-out",
    "pem",
  ]);
  const taskd = join(directory, "usr/bin/taskd");
  run(taskd, ["init", "--data", data]);
  const config = (name: string, value: string) =>
    run(taskd, ["config", "--data", data, "--force", name, value]);
  for (const [name, file] of Object.entries(SETTINGS)) config(name, join(directory, file));
  config("server", `localhost:${PORT}`);
  config("log", join(directory, "log"));
  config("request.limit", "0");
  run(taskd, ["add", "--data", data, "org", "bench"]);
  const peer = spawn(taskd, ["server", "--data", data], { stdio: "ignore" });
  await sleep(1_000);
  return peer;
}

/** The configuration of a new user with so many tasks. */
function newTaskHome(directory: string, user: string, size: number): string {
  const [data, home] = [join(directory, "data"), join(directory, user)];
  mkdirSync(home);
  const users = join(data, "orgs/bench/users");
  const before = new Set(readdirSync(users));
  execFileSync(join(directory, "usr/bin/taskd"), ["add", "--data", data, "user", "bench", user], {
    stdio: "ignore",
  });
  const key = readdirSync(users).find((name) => !before.has(name))!;
  const config = join(home, "taskrc");
  const settings = {
    "data.location": home,
    confirmation: "off",
    verbose: "nothing",
    "taskd.server": `localhost:${PORT}`,
    "taskd.credentials": `bench/${user}/${key}`,
    "taskd.certificate": join(directory, "pem"),
    "taskd.key": join(directory, "key"),
    "taskd.ca": join(directory, "pem"),
  };
  writeFileSync(
    config,
    Object.entries(settings)
      .map((setting) => setting.join("="))
      .join("\n"),
  );
  const tasks = Array.from({ length: size }, (_, at) => ({
    ...{ uuid: crypto.randomUUID(), status: "pending", entry: "20260101T000000Z" },
    description: noteOf(at),
  }));
  writeFileSync(join(home, "tasks.json"), JSON.stringify(tasks));
  timeTask(config, ["import", join(home, "tasks.json")]);
  return config;
}

function timeTask(config: string, args: readonly string[]): number {
  const startedAt = performance.now();
  const task = join(config, "../../usr/bin/task");
  execFileSync(task, args, { stdio: "ignore", env: { ...process.env, TASKRC: config } });
  return performance.now() - startedAt;
}
