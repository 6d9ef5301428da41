import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/commands/registry.ts";
import {
  type InstalledServer,
  newDevice,
  startInstalledServer,
} from "../helpers/program/installed-devices.ts";
import { enableSync, type ProgramDevice } from "../helpers/program/program-device.ts";

/** What each command is typed with, in an order in which each finds what it needs; ID is that of an entry; null where it is its purpose to use
 *  the network. A number is the exit code where it is not 0. */
const TYPED: Record<string, [args: string, code?: number] | null> = {
  "log mood": ["4 -a run -n good"],
  "log assessment": ["PHQ-9 --score 7"],
  list: ["all"],
  show: ["@last"],
  due: [""],
  edit: ["@last --score 8"],
  history: ["@last"],
  delete: ["ID --yes"],
  restore: ["ID"],
  undo: [""],
  redo: [""],
  chart: [""],
  calendar: [""],
  pixels: [""],
  stats: [""],
  insights: [""],
  spark: [""],
  assessments: [""],
  "activity add": ["swim"],
  "activity list": [""],
  "activity edit": ["swim --icon S"],
  "activity merge": ["swim run"],
  "activity archive": ["run"],
  "activity unarchive": ["run"],
  "activity delete": ["run --yes"],
  "schedule add": ["GAD-7 weekly"],
  "schedule list": [""],
  "schedule edit": ["GAD-7 --frequency monthly"],
  "schedule disable": ["GAD-7"],
  "schedule enable": ["GAD-7"],
  "schedule delete": ["GAD-7 --yes"],
  export: [""],
  import: ["nothing-there --yes", 2],
  "import undo": ["", 3],
  report: ["-o -"],
  backup: ["moods.db --force"],
  "backup list": [""],
  "restore-backup": ["moods.db --yes"],
  doctor: [""],
  wipe: ["", 2],
  completion: ["bash -- log mood -a"],
  "help-now": [""],
  help: [""],
  "config list": [""],
  "config get": ["color"],
  "config set": ["color never"],
  "config path": [""],
  today: [""],
  tui: ["", 2],
  settings: ["", 2],
  "sync status": [""],
  "sync conflicts": [""],
  sync: null,
  "sync now": null,
  "sync enable": null,
  "sync verify": null,
  "sync disable": [""],
  "sync seal": ["--sealing-key-out sealing.key", 7],
  "sync unseal": ["--yes", 7],
  "sync key show": ["", 3],
  "sync key export": ["sheet.txt", 7],
  "sync key enter": ["", 7],
  "sync key rotate": ["--sealing-key-out sealing.key", 7],
  "sync key forget": ["", 3],
  serve: null,
  "account devices": null,
  "account devices rename": null,
  "account keys": null,
  "account keys add": null,
  "account keys revoke": null,
  "daemon install": null,
  "daemon logs": null,
  "daemon restart": null,
  "daemon run": null,
  "daemon snapshot": null,
  "daemon start": null,
  "daemon status": null,
  "daemon stop": null,
  "daemon uninstall": null,
  "admin user add": null,
  "admin user list": null,
  "admin user delete": null,
  "admin key add": null,
  "admin key list": null,
  "admin key revoke": null,
};

const hook = fileURLToPath(new URL("../helpers/program/record-network.cjs", import.meta.url));
let server: InstalledServer;

beforeAll(async () => {
  server = await startInstalledServer();
});

/** Runs a command and tells what it used of the network. */
async function watched(
  device: ProgramDevice,
  args: string[],
  environment: Record<string, string> = {},
): Promise<{ code: number | null; used: string[] }> {
  const record = join(device.home, "network-record");
  rmSync(record, { force: true });
  const env = { ...environment, NODE_OPTIONS: `--require=${hook}`, MOODSYNC_NETWORK_RECORD: record };
  const { code } = await device.run(args, { env });
  const used = existsSync(record) ? readFileSync(record, "utf8").trim().split("\n") : [];
  return { code, used };
}

async function runOffline(device: ProgramDevice): Promise<void> {
  const { id } = await device.json(["log", "mood", "2"]);
  for (const [words, typed] of Object.entries(TYPED)) {
    if (typed === null) continue;
    const [args, code = 0] = typed;
    const outcome = await watched(device, `${words} ${args.replace("ID", id)}`.trim().split(" "));
    expect({ words, ...outcome }).toEqual({ words, code, used: [] });
  }
}

describe("the network", () => {
  test("has every command of the program in this test", () => {
    expect(Object.keys(TYPED).sort()).toEqual(COMMANDS.map(({ words }) => words).sort());
  });

  test("is used by no command while sync is off, not even by sync", async () => {
    const device = newDevice();
    await runOffline(device);
    for (const words of ["sync", "sync now", "sync verify", "sync status --online"]) {
      expect({ words, ...(await watched(device, words.split(" "))) }).toMatchObject({ words, used: [] });
    }
  });

  test("is used by no local command while sync is on", async () => {
    const device = newDevice();
    await enableSync(device, server);
    await runOffline(device);
  });

  test("is seen by this test when sync uses it", async () => {
    const device = newDevice();
    await enableSync(device, server);
    expect(await watched(device, ["sync"])).toEqual({ code: 0, used: expect.arrayContaining(["connect"]) });
    const elsewhere = ["sync", "enable", "https://moodsync.invalid", "--merge-into-this-account"];
    const { used } = await watched(device, elsewhere, { MOODSYNC_API_KEY: server.apiKey });
    expect(used).toContain("name");
  });
});
