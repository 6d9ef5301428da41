import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, test } from "vitest";
import {
  type InstalledServer,
  newDevice,
  startInstalledServer,
} from "../helpers/program/installed-devices.ts";
import type { ProgramDevice } from "../helpers/program/program-device.ts";
import type { ProgramOnTerminal } from "../helpers/terminal/pty.ts";
import { terminalsOfTest } from "../helpers/terminal/terminals-of-test.ts";

const OFFER = "Seal this account, so that its server cannot read it? [Y/n]";
const ASKED_BACK = "Its last five characters, to be sure:";

let server: InstalledServer;
let account: { url: string; apiKey: string };
let device: ProgramDevice;

beforeAll(async () => {
  server = await startInstalledServer();
});
beforeEach(async () => {
  account = { url: server.url, apiKey: (await server.addAccount()).apiKey };
  device = newDevice();
});
const startOnTerminal = terminalsOfTest();

function enable(): ProgramOnTerminal {
  const env = { MOODSYNC_API_KEY: account.apiKey };
  return startOnTerminal(["sync", "enable", account.url], { home: device.home, columns: 100, rows: 30, env });
}

const isSealed = async () => {
  const { enabled, sealed } = await device.json(["sync", "status"]);
  return [enabled, sealed !== null];
};

/** The key that a screen shows. */
async function keyOn(program: ProgramOnTerminal): Promise<string> {
  return /SEAL1(-[0-9A-Z]{5}){6}/.exec(await program.waitFor(ASKED_BACK))![0];
}

test.each([
  ["Enter", "\r"],
  ["y", "y\r"],
])(
  "%s takes the offer to seal a new account: its key is shown, and its end asked back",
  async (_key, yes) => {
    const program = enable();
    await program.waitFor(OFFER);
    program.type(yes);
    const key = await keyOn(program);
    program.type(`${key.slice(-5).toLowerCase()}\r`);
    await program.waitFor("The account is sealed: its server keeps everything and can read none of it.");
    expect(await program.ended).toMatchObject({ code: 0, isLineMode: true, isEcho: true });
    expect(await isSealed()).toEqual([true, true]);
    expect(readFileSync(join(device.home, "sealing-key"), "utf8").trim()).toBe(key);
  },
);

test("n leaves the account plain, and that is said", async () => {
  const program = enable();
  await program.waitFor(OFFER);
  program.type("n\r");
  await program.waitFor("The account is plain: whoever runs the server can read it.");
  expect(await program.ended).toMatchObject({ code: 0, isLineMode: true });
  expect(await isSealed()).toEqual([true, false]);
});

test("whoever mistypes the end of the key is asked again, and who then leaves has changed nothing", async () => {
  const mistyped = enable();
  await mistyped.waitFor(OFFER);
  mistyped.type("\r");
  await keyOn(mistyped);
  mistyped.type("AAAAA\r");
  await mistyped.waitFor("Those are not its last five characters.");
  mistyped.type("\r");
  await mistyped.waitFor("The key was not confirmed; nothing was changed.");
  expect(await mistyped.ended).toMatchObject({ code: 2 });
  const left = enable();
  await left.waitFor(OFFER);
  left.type("\u0003");
  expect(await left.ended).toMatchObject({ isLineMode: true, isEcho: true });
  expect(await isSealed()).toEqual([false, false]);
});

test("an account that holds something is not offered it", async () => {
  const other = newDevice();
  await other.ok(["sync", "enable", account.url, "--key-stdin"], { input: account.apiKey });
  await other.ok(["log", "mood", "4"]);
  await other.ok(["sync"]);
  const program = enable();
  await program.waitFor("The account is plain: whoever runs the server can read it.");
  expect(program.screen.text()).not.toContain("[Y/n]");
  expect(await program.ended).toMatchObject({ code: 0 });
});

test("sync key rotate asks which API keys to revoke, shows the new key and asks its end back", async () => {
  const out = join(device.home, "out.key");
  const sealed = ["--sealed", "--sealing-key-out", out];
  await device.ok(["sync", "enable", account.url, "--key-stdin", ...sealed], { input: account.apiKey });
  await device.ok(["account", "keys", "add", "--label", "lost phone"]);
  const program = startOnTerminal(["sync", "key", "rotate"], { home: device.home, columns: 100, rows: 30 });
  await program.waitFor("Which to revoke? Their numbers, or Enter for none:");
  expect(program.screen.text()).toMatch(/1 +lost phone +never used/);
  program.type("1\r");
  const key = await keyOn(program);
  program.type(`${key.slice(-5)}\r`);
  await program.waitFor("The key is revoked.");
  await program.waitFor("takes the new key.");
  expect(await program.ended).toMatchObject({ code: 0, isLineMode: true, isEcho: true });
  expect((await device.json(["sync", "status"])).sealed).toMatchObject({ generation: 2, founding: "none" });
  expect((await device.ok(["sync", "key", "show"])).trim()).toBe(key);
  const keys: { revoked_at: string | null }[] = await device.json(["account", "keys"]);
  expect(keys.map(({ revoked_at }) => revoked_at !== null)).toEqual([false, true]);
});
