import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createDevice } from "../helpers/device/device.ts";
import { startLosingProxy } from "../helpers/sync/losing-proxy.ts";
import { connectDevice, startAccount, sync } from "../helpers/sync/synced-devices.ts";

let server: Awaited<ReturnType<typeof startAccount>>;

beforeAll(async () => {
  server = await startAccount();
});
afterAll(() => server.close());

describe("account devices", () => {
  test("lists the devices of the account and says which is this one", async () => {
    const laptop = await connectDevice(server, "laptop");
    const desktop = await connectDevice(server, "desktop");
    const devices = await laptop.json(["account", "devices"]);
    expect(devices).toEqual([
      expect.objectContaining({ label: "laptop", is_current: true }),
      expect.objectContaining({ label: "desktop", is_current: false }),
    ]);
    expect((await desktop.run(["account", "devices"])).stdout).toMatch(/desktop +seen .* this device$/m);
  });

  test("renames one by its name or the beginning of its id", async () => {
    const device = await connectDevice(server, "tablet");
    const renamed = await device.run(["account", "devices", "rename", "tablet", "old tablet"]);
    expect(renamed).toEqual({ code: 0, stdout: 'The device is now called "old tablet".\n', stderr: "" });
    const status = await device.json(["sync", "status"]);
    expect(status.device_label).toBe("old tablet");
    await device.run(["account", "devices", "rename", status.device_id.slice(0, 8), "my tablet"]);
    expect((await device.json(["sync", "status"])).device_label).toBe("my tablet");
  });

  test("a device that is connected anew keeps its name", async () => {
    const device = await connectDevice(server, "attic");
    await device.run(["sync", "disable"]);
    await device.run(["sync", "enable", server.url, "--key-stdin"], { input: server.apiKey });
    expect((await device.json(["sync", "status"])).device_label).toBe("attic");
  });

  test.each([
    [["no such device", "x"], 3],
    [["laptop", " "], 2],
    [["laptop", "x".repeat(81)], 2],
  ])("rename %j is refused in one sentence", async (words, code) => {
    const device = await connectDevice(server, `other ${code} ${words[1]!.length}`);
    const result = await device.run(["account", "devices", "rename", ...words]);
    expect(result).toMatchObject({ code, stdout: "" });
    expect(result.stderr).not.toContain("xxxx");
  });
});

describe("account keys", () => {
  test("a key is made for another device, listed, and revoked after a question", async () => {
    const device = await connectDevice(server, "keys");
    const made = await device.run(["account", "keys", "add", "--label", "phone"]);
    expect(made.stdout).toMatch(/^msk_[0-9a-f_]+\n$/);
    const apiKey = made.stdout.trim();
    const other = await connectDevice({ ...server, apiKey }, "phone");
    const keys = await device.json(["account", "keys"]);
    expect(
      keys.map(({ label, is_current }: { label: string; is_current: boolean }) => [label, is_current]),
    ).toEqual([
      [null, true],
      ["phone", false],
    ]);
    expect(JSON.stringify(keys)).not.toContain(apiKey.slice(38, 60));

    const refused = await device.run(["account", "keys", "revoke", "phone"], {
      terminal: true,
      input: "n\n",
    });
    expect(refused).toMatchObject({ code: 1 });
    await sync(other);
    const revoked = await device.run(["account", "keys", "revoke", "phone"], {
      terminal: true,
      input: "y\n",
    });
    expect(revoked).toMatchObject({ code: 0, stdout: "The key is revoked.\n" });
    expect(await other.run(["sync"])).toMatchObject({ code: 4 });
    expect(await device.run(["account", "keys", "revoke", "phone", "--yes"])).toMatchObject({ code: 3 });
    expect((await device.run(["account", "keys"])).stdout).toMatch(/phone +revoked /);
  });

  test("without sync, and with a label that cannot be, one sentence says so", async () => {
    expect(await createDevice().run(["account", "keys"])).toMatchObject({ code: 7 });
    const device = await connectDevice(server, "labels");
    const result = await device.run(["account", "keys", "add", "--label", " "]);
    expect(result).toMatchObject({ code: 2, stderr: "The key's label must not be blank.\n" });
  });

  describe("when an answer is lost", () => {
    let proxy: Awaited<ReturnType<typeof startLosingProxy>>;
    let account: Awaited<ReturnType<typeof server.newAccount>>;
    beforeEach(async () => {
      proxy = await startLosingProxy(server.url);
      account = await server.newAccount();
    });
    afterEach(() => proxy.close());

    test("a key is not made twice, and how to find the one that nobody has is said", async () => {
      const device = await connectDevice({ url: proxy.url, apiKey: account.apiKey });
      proxy.lose("POST", 1);
      const lost = await device.run(["account", "keys", "add", "--label", "phone"]);
      expect(lost).toMatchObject({ code: 1, stdout: "" });
      expect(lost.stderr).toContain("it may have made a key, which nobody has seen");
      expect(lost.stderr).toContain("`moodsync account keys revoke` ends it");
      expect(await device.json(["account", "keys"])).toHaveLength(2);
    });

    test.each([
      ["another", "phone"],
      ["the device's own", "laptop"],
    ])("%s key is revoked all the same", async (_which, name) => {
      const device = await connectDevice({ url: proxy.url, apiKey: account.apiKey });
      const { api_key } = await device.json(["account", "keys", "add", "--label", "laptop"]);
      await device.run(["sync", "enable", proxy.url, "--key-stdin"], { input: api_key });
      await device.run(["account", "keys", "add", "--label", "phone"]);
      proxy.lose("DELETE", 1);
      const revoked = await device.run(["account", "keys", "revoke", name, "--yes"]);
      expect(revoked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The key is revoked/) });
      const other = await connectDevice({ url: server.url, apiKey: account.apiKey });
      const keys: { label: string | null; revoked_at: string | null }[] = await other.json([
        "account",
        "keys",
      ]);
      expect(keys.find(({ label }) => label === name)?.revoked_at).not.toBeNull();
    });
  });
});
