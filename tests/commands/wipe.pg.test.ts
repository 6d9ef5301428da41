import { existsSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDevice } from "../helpers/device/device.ts";
import { startLosingProxy } from "../helpers/sync/losing-proxy.ts";
import { connectDevice, startAccount, sync } from "../helpers/sync/synced-devices.ts";

let server: Awaited<ReturnType<typeof startAccount>>;
beforeAll(async () => {
  server = await startAccount();
});
afterAll(() => server.close());

/** The same server with an account of its own. */
const withAccount = async () => ({ ...server, ...(await server.newAccount()) });

test("wipe --account deletes the account, then this device, and another device is told and keeps what it has", async () => {
  const account = await withAccount();
  const device = await connectDevice(account, "laptop");
  const other = await connectDevice(account, "desktop");
  await device.json(["log", "mood", "4", "-n", "one"]);
  for (const one of [device, other]) await sync(one);

  const refused = await device.run(["wipe", "--account"], { terminal: true, input: "everything\r" });
  expect(refused.stderr).toContain(
    `It deletes the account on ${server.url}, too, with what all its devices have stored there.`,
  );
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("Nothing was deleted.") });
  expect(await sync(device)).toMatchObject({ pending: 0 });

  const wiped = await device.json(["wipe", "--account", "--backups", "--confirm", "everywhere"]);
  expect(wiped.account_deleted).toBe(true);
  expect(wiped.remains.map(({ what }: { what: string }) => what)).toEqual([
    "backups of the server, which whoever runs it has",
    "what the account's other devices hold; they cannot sync any more",
    "backups and exports that you wrote",
  ]);
  expect(existsSync(device.home)).toBe(false);
  const later = await other.run(["sync"]);
  expect(later).toMatchObject({ code: 4, stderr: expect.stringContaining("or its account was deleted.") });
  expect(await other.json(["list"])).toMatchObject([{ note: "one" }]);
});

test("where the account cannot be deleted nothing is, here neither", async () => {
  const account = await withAccount();
  const device = await connectDevice(account, "laptop");
  await device.json(["log", "mood", "4"]);
  const apiKey = (await device.run(["account", "keys", "add"])).stdout.trim();
  const phone = await connectDevice({ ...server, apiKey }, "phone");
  await phone.json(["log", "mood", "3"]);
  const everywhere = ["wipe", "--account", "--confirm", "everywhere"];
  expect(await phone.run(everywhere)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("This device's key may not delete the account; nothing was deleted."),
  });
  expect(await phone.json(["list"])).toHaveLength(1);
  const alone = createDevice();
  await alone.json(["log", "mood", "3"]);
  expect(await alone.run(everywhere)).toMatchObject({
    code: 7,
    stderr: expect.stringContaining("This device is connected with no account; nothing was deleted."),
  });
  expect(await device.run(["wipe", "--account", "--confirm", "everything"])).toMatchObject({ code: 2 });
  expect(await device.json(["list"])).toHaveLength(1);
});

test("an account whose deletion has lost its answer is deleted all the same", async () => {
  const proxy = await startLosingProxy(server.url);
  const device = await connectDevice({ ...(await server.newAccount()), url: proxy.url }, "laptop");
  await device.json(["log", "mood", "4"]);
  proxy.lose("DELETE", 1);
  await device.json(["wipe", "--account", "--backups", "--confirm", "everywhere"]);
  expect(existsSync(device.home)).toBe(false);
  proxy.close();
});
