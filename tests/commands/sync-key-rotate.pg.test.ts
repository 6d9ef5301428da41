import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Device } from "../helpers/device/device.ts";
import { joinDevice, run, sealedDevice } from "../helpers/sync/sealed-devices.ts";
import { startAccount, sync } from "../helpers/sync/synced-devices.ts";

let server: Awaited<ReturnType<typeof startAccount>>;
/** Has the account's first key; `phone` has one that was made with it, and `tablet` one that was made with that. */
let laptop: Device;
let phone: Device;
let tablet: Device;
let rotate: string[];

beforeAll(async () => {
  server = await startAccount();
});
afterAll(() => server.close());
beforeEach(async () => {
  const account = { url: server.url, apiKey: (await server.newAccount()).apiKey };
  const sealed = await sealedDevice(account, "laptop");
  laptop = sealed.device;
  const joinBy = async (by: Device, label: string) => {
    const { api_key: apiKey } = await by.json(["account", "keys", "add", "--label", label]);
    return joinDevice({ ...account, apiKey }, sealed.keyFile);
  };
  phone = await joinBy(laptop, "phone");
  tablet = await joinBy(phone, "tablet");
  await sync(phone);
  rotate = ["sync", "key", "rotate", "--sealing-key-out", join(laptop.home, "new.key")];
});

async function validKeys(): Promise<(string | null)[]> {
  const keys: { label: string | null; revoked_at: string | null }[] = await laptop.json(["account", "keys"]);
  return keys.filter(({ revoked_at }) => revoked_at === null).map(({ label }) => label);
}

async function generation(): Promise<number> {
  return (await laptop.json(["sync", "status"])).sealed.generation;
}

test("it names the API keys, and revokes those that are asked for before it seals", async () => {
  const { code, stdout, stderr } = await laptop.run(rotate, { terminal: true, input: "2\r" });
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("Synced: ") });
  expect(stderr).toMatch(/^API keys that let devices in:\n +no name +used .* +this device's\n/);
  expect(stderr).toMatch(
    /\n1 {2}phone +used .* +with 1 key made with it\n2 {2}tablet +used .*\n.*Which to revoke/,
  );
  expect(stderr).toContain("The key is revoked.\n");
  expect(await validKeys()).toEqual([null, "phone"]);
  expect(await generation()).toBe(2);
  expect((await tablet.run(["sync"])).code).toBe(4);
});

test("a key that falls with another one is revoked with it", async () => {
  const { code, stderr } = await laptop.run(rotate, { terminal: true, input: "2, 1\r" });
  expect(code).toBe(0);
  expect(stderr).toMatch(/and so are those that were made with it: .*tablet/);
  expect(await validKeys()).toEqual([null]);
});

test("Enter revokes none, and what is no number of the list is asked again", async () => {
  const { code, stderr } = await laptop.run(rotate, { terminal: true, input: "phone\r3\r0\r\r" });
  expect(code).toBe(0);
  expect(stderr.match(/Those are no numbers of this list/g)).toHaveLength(3);
  expect(await validKeys()).toEqual([null, "phone", "tablet"]);
});

test("at the end of the input nothing is changed", async () => {
  expect(await laptop.run(rotate, { terminal: true })).toMatchObject({
    code: 130,
    stderr: expect.stringMatching(/Nothing was stored\.\n$/),
  });
  expect(await generation()).toBe(1);
});

test("a device that was given its key can revoke only what it made", async () => {
  const args = ["sync", "key", "rotate", "--sealing-key-out", join(tablet.home, "new.key")];
  const { code, stderr } = await tablet.run(args, { terminal: true });
  expect(code).toBe(0);
  expect(stderr).toMatch(/^API keys that let devices in:\nno name .*\nphone .*\ntablet +.* +this device's\n/);
  expect(stderr).not.toContain("Which");
});

test.each([
  ["without a terminal", [], false],
  ["with --yes", ["--yes"], true],
])("%s it names them, asks nothing and revokes none", async (_when, more, terminal) => {
  const { stderr } = await laptop.run([...rotate, ...more], { terminal });
  expect(stderr).toMatch(/\nphone +used .*\ntablet +used .*\n`moodsync account keys revoke` ends/);
  expect(await validKeys()).toEqual([null, "phone", "tablet"]);
  expect(await generation()).toBe(2);
});

test("--json prints them, and asks nothing", async () => {
  const { stdout } = await laptop.run([...rotate, "--json"], { terminal: true });
  const { api_keys, ...rest } = JSON.parse(stdout);
  expect(rest).toEqual({ generation: 2, key_id: expect.stringMatching(/^[0-9a-f]{16}$/), pending: 0 });
  expect(api_keys.map(({ label }: { label: string }) => label)).toEqual([null, "phone", "tablet"]);
  expect(await validKeys()).toEqual([null, "phone", "tablet"]);
});

test("a device that lost the sealing key lists, makes and revokes API keys", async () => {
  await run(laptop, ["sync", "key", "forget"]);
  expect((await laptop.run(["sync"])).code).toBe(4);
  const asked = await laptop.run([...rotate, "--leave-unread"], { terminal: true, input: "1\r" });
  expect(asked).toMatchObject({ code: 0, stderr: expect.stringContaining("The key is revoked") });
  expect(await validKeys()).toEqual([null]);
  expect(await generation()).toBe(2);
});
