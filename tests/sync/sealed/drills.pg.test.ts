import { cpSync, renameSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { locateHome } from "../../../src/local/storage/home.ts";
import type { Device } from "../../helpers/device/device.ts";
import { copyTestDatabase, createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { failure, joinDevice, newDevice, run, sealedDevice } from "../../helpers/sync/sealed-devices.ts";
import { connectDevice, entitiesOf, startAccount, sync } from "../../helpers/sync/synced-devices.ts";

const keyFileOf = ({ home }: Device, name = "sealing-key") =>
  join(locateHome({ MOODSYNC_HOME: home }).configDir, name);
const sealingOf = async (device: { json(args: string[]): Promise<{ sealed: unknown }> }) =>
  (await device.json(["sync", "status"])).sealed;

describe("on a server that stays", () => {
  let server: Awaited<ReturnType<typeof startAccount>>;
  let account: { url: string; apiKey: string };
  beforeAll(async () => {
    server = await startAccount();
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    account = { url: server.url, apiKey: (await server.newAccount()).apiKey };
  });

  /** Whether the server holds anything of before the last founding. */
  async function hasRetired(): Promise<boolean> {
    const headers = { authorization: `Bearer ${account.apiKey}` };
    const info = await (await fetch(`${account.url}/v1/sealing`, { headers })).json();
    return (info as { has_retired: boolean }).has_retired;
  }

  test("of two devices that seal at the same moment one does, and the other takes its key", async () => {
    for (let round = 0; round < 3; round++) {
      account = { url: server.url, apiKey: (await server.newAccount()).apiKey };
      const devices = [await connectDevice(account, "a"), await connectDevice(account, "b")];
      for (const device of devices) {
        await device.json(["log", "mood", "3"]);
        await sync(device);
      }
      await sync(devices[0]!);
      for (const device of devices) await device.json(["log", "mood", "4", "-n", "waits"]);
      const keyFiles = devices.map(({ home }) => join(home, "out.key"));
      const ended = await Promise.all(
        devices.map((device, at) => device.run(["sync", "seal", "--sealing-key-out", keyFiles[at]!])),
      );
      expect(ended.filter(({ code }) => code === 0)).toHaveLength(1);
      const winner = ended.findIndex(({ code }) => code === 0);
      expect([1, 4]).toContain(ended[1 - winner]!.code);
      const loser = devices[1 - winner]!;
      await failure(loser, ["sync"], 4);
      await run(loser, ["sync", "key", "enter", "--sealing-key-file", keyFiles[winner]!]);
      await sync(loser);
      await sync(devices[winner]!);
      expect(await entitiesOf(devices[0]!)).toEqual(await entitiesOf(devices[1]!));
      expect((await entitiesOf(loser)).mood_entries).toHaveLength(4);
    }
  });

  test("a key that one device lost comes from the other", async () => {
    const { device: a, key, keyFile } = await sealedDevice(account);
    const b = await joinDevice(account, keyFile);
    await run(a, ["sync", "key", "forget"]);
    await failure(a, ["sync"], 4);
    const shown = (await run(b, ["sync", "key", "show"])).stdout;
    expect(shown).toBe(`${key}\n`);
    await run(a, ["sync", "key", "enter", "--sealing-key-stdin"], shown);
    await sync(a);
  });

  /** As a founding leaves it that is cut off before the key is the one in use. */
  function unkeep(device: Device): void {
    renameSync(keyFileOf(device), keyFileOf(device, "proposed-sealing-key"));
  }

  test("a key that a founding left proposed is not lost to another one", async () => {
    const { device, key } = await sealedDevice(account);
    await device.json(["log", "mood", "4"]);
    unkeep(device);
    await sync(device);
    expect((await run(device, ["sync", "key", "show"])).stdout).toBe(`${key}\n`);
    unkeep(device);
    await run(device, ["sync", "key", "rotate", "--sealing-key-out", join(device.home, "new.key")]);
    await sync(device);
  });

  test("an account that was sealed without an answer is not sealed with another key", async () => {
    const device = await connectDevice(account, "a");
    await device.json(["log", "mood", "4"]);
    await sync(device);
    const unanswered = newDevice();
    cpSync(device.home, unanswered.home, { recursive: true });
    await run(device, ["sync", "seal", "--sealing-key-out", join(device.home, "out.key")]);
    cpSync(keyFileOf(device), keyFileOf(unanswered));
    unkeep(unanswered);
    const another = ["sync", "seal", "--sealing-key-out", join(device.home, "another.key")];
    expect(await failure(unanswered, another, 1)).toContain("is sealed by now; nothing was changed");
    await sync(unanswered);
    const keys = await Promise.all([device, unanswered].map((one) => run(one, ["sync", "key", "show"])));
    expect(keys[1]!.stdout).toBe(keys[0]!.stdout);
  });

  test("an edit of a device that is gone is merged with one that waits where the account is sealed", async () => {
    const [device, gone] = [await connectDevice(account, "a"), await connectDevice(account, "gone")];
    const { id } = await device.json(["log", "mood", "3"]);
    await sync(device);
    await sync(gone);
    await gone.json(["edit", id, "-n", "only there"]);
    await sync(gone);
    await device.json(["edit", id, "--value", "4"]);
    await run(device, ["sync", "seal", "--sealing-key-out", join(device.home, "out.key")]);
    const { mood_entries } = await entitiesOf(device);
    expect(mood_entries).toMatchObject([{ value: 4, note: "only there" }]);
  });

  test("what was left unread stays on the server until a person removes it", async () => {
    const { device: a, keyFile } = await sealedDevice(account);
    await a.json(["log", "mood", "4"]);
    await sync(a);
    const b = await joinDevice(account, keyFile);
    await b.json(["log", "mood", "1", "-n", "only there"]);
    await sync(b);
    await run(a, ["sync", "key", "forget"]);
    const newKey = join(a.home, "new.key");
    const { stderr } = await run(a, ["sync", "key", "rotate", "--leave-unread", "--sealing-key-out", newKey]);
    expect(stderr).toContain("stays there until `moodsync sync seal --finish` removes it.");
    await sync(a);
    expect(await hasRetired()).toBe(true);
    const refused = await failure(a, ["sync", "unseal", "--yes"], 1);
    expect(refused).toMatch(
      /nothing was changed\.\n`moodsync sync seal --finish` removes it, then try again\.\n$/,
    );
    const status = async () => (await run(a, ["sync", "status"])).stdout.replace(/\s+/g, " ");
    const due =
      "the server still holds what the account was before; `moodsync sync seal --finish` removes it";
    expect(await status()).toContain(due);
    const another = join(a.home, "another.key");
    await run(a, ["sync", "key", "rotate", "--sealing-key-out", another]);
    expect(await sealingOf(a)).toMatchObject({ generation: 3, founding: "none" });
    expect(await hasRetired()).toBe(true);
    await run(b, ["sync", "key", "enter", "--sealing-key-file", another]);
    await sync(b);
    expect(await failure(a, ["sync", "seal", "--finish"], 1)).toContain("so nothing was removed");
    await sync(a);
    const asked = await a.run(["sync", "seal", "--finish"], { input: "n\n", terminal: true });
    expect(asked).toMatchObject({ code: 2 });
    expect(await hasRetired()).toBe(true);
    expect((await b.json(["sync", "status"])).sealed).toMatchObject({ has_retired: true });
    expect((await run(a, ["sync", "seal", "--finish"])).stdout).toContain("is removed there");
    expect(await hasRetired()).toBe(false);
    expect(await status()).not.toContain(due);
    await sync(b);
    expect((await b.json(["sync", "status"])).sealed).toMatchObject({ has_retired: false });
    expect(await entitiesOf(a)).toEqual(await entitiesOf(b));
    expect((await run(a, ["sync", "seal", "--finish"])).stdout).toContain("nothing to remove");
  });

  test("a device that was thought lost brings everything back to an account that was started over", async () => {
    const { device: lost } = await sealedDevice(account);
    await lost.json(["log", "mood", "4", "-n", "lost"]);
    await sync(lost);
    const device = newDevice();
    const keyFile = join(device.home, "out.key");
    const startOver = ["sync", "enable", account.url, "--key-stdin", "--start-over"];
    await run(device, [...startOver, "--sealing-key-out", keyFile], account.apiKey);
    await device.json(["log", "mood", "2", "-n", "new"]);
    await sync(device);
    expect(await hasRetired()).toBe(true);
    await failure(lost, ["sync"], 4);
    await run(lost, ["sync", "key", "enter", "--sealing-key-file", keyFile]);
    await sync(lost);
    expect((await entitiesOf(lost)).mood_entries).toHaveLength(2);
  });

  test("what was retired before an account was unsealed is removed from any device", async () => {
    const { device: a, keyFile } = await sealedDevice(account);
    await a.json(["log", "mood", "4"]);
    await sync(a);
    const b = await joinDevice(account, keyFile);
    await sync(b);
    await run(a, ["sync", "unseal", "--yes"]);
    expect(await hasRetired()).toBe(false);
    await run(b, ["sync", "unseal", "--yes"]);
    await sync(b);
    expect((await run(b, ["sync", "seal", "--finish"])).stdout).toContain("nothing to remove");
  });
});

describe("a server that is put back to before a founding", () => {
  let url: string;
  let backup: string;
  let server: TestServer;
  let account: { url: string; apiKey: string };
  beforeEach(async () => {
    url = await createTestDatabase();
    server = await startTestServer(url);
    account = { url: server.url, apiKey: (await server.newAccount()).apiKey };
  });
  afterEach(() => server.close());

  async function backUp(): Promise<void> {
    await restartOn(async () => {
      backup = await copyTestDatabase(url);
      return url;
    });
  }
  const putBack = () => restartOn(async () => backup);

  async function restartOn(database: () => Promise<string>): Promise<void> {
    const port = Number(new URL(server.url).port);
    await server.close();
    server = await startTestServer(await database(), { port });
  }

  test.each(["with", "without"])("is sealed again by a person, %s later uploads", async (later) => {
    const a = await connectDevice(account, "a");
    const c = await connectDevice(account, "c");
    await a.json(["log", "mood", "4"]);
    await sync(a);
    await sync(c);
    await backUp();
    const keyFile = join(a.home, "out.key");
    await run(a, ["sync", "seal", "--sealing-key-out", keyFile]);
    const b = await joinDevice(account, keyFile);
    await b.json(["log", "mood", "2", "-n", "sealed"]);
    await sync(b);
    await putBack();
    if (later === "with") {
      await c.json(["log", "mood", "1", "-n", "in the clear"]);
      await sync(c);
    }
    for (const device of [a, b]) {
      expect(await failure(device, ["sync"], 1)).toMatch(
        /^The server went back to before this account was sealed; nothing was sent\./,
      );
    }
    await run(a, ["sync", "seal", "--again"]);
    expect(await sealingOf(a)).toMatchObject({ generation: 2 });
    await sync(b);
    expect(await sealingOf(b)).toMatchObject({ generation: 2 });
    await run(c, ["sync", "key", "enter", "--sealing-key-file", keyFile]);
    await sync(c);
    await sync(a);
    await sync(b);
    const all = await entitiesOf(a);
    expect(all.mood_entries).toHaveLength(later === "with" ? 3 : 2);
    expect(await entitiesOf(b)).toEqual(all);
    expect(await entitiesOf(c)).toEqual(all);
  });

  test("and was sealed and unsealed there anew, is followed when a person says so", async () => {
    await backUp();
    const { device: a } = await sealedDevice(account);
    await a.json(["log", "mood", "4"]);
    await run(a, ["sync", "key", "rotate", "--sealing-key-out", join(a.home, "new.key")]);
    await putBack();
    const c = await connectDevice(account, "c");
    await c.json(["log", "mood", "1"]);
    await run(c, ["sync", "seal", "--sealing-key-out", join(c.home, "out.key")]);
    await run(c, ["sync", "unseal", "--yes"]);
    expect(await failure(a, ["sync"], 4)).toContain("no longer sealed, says the server");
    await run(a, ["sync", "unseal", "--yes"]);
    await sync(a);
    await sync(c);
    expect((await entitiesOf(a)).mood_entries).toHaveLength(2);
    expect(await entitiesOf(c)).toEqual(await entitiesOf(a));
  });

  test("and is empty, is sealed again by itself with the same key", async () => {
    await backUp();
    const { device: a, keyFile } = await sealedDevice(account);
    await a.json(["log", "mood", "4"]);
    await sync(a);
    const b = await joinDevice(account, keyFile);
    await sync(b);
    await putBack();
    const { stderr } = await run(a, ["sync"]);
    expect(stderr).toContain("sealed there again with the same key");
    expect(await sealingOf(a)).toMatchObject({ generation: 2, founding: "none" });
    await sync(b);
    expect(await entitiesOf(b)).toEqual(await entitiesOf(a));
  });
});
