import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run, sealedDevice } from "../helpers/sync/sealed-devices.ts";
import { connectDevice, startAccount } from "../helpers/sync/synced-devices.ts";

let server: Awaited<ReturnType<typeof startAccount>>;
beforeAll(async () => {
  server = await startAccount();
});
afterAll(() => server.close());

const newAccount = async () => ({ url: server.url, apiKey: (await server.newAccount()).apiKey });

test("a sheet with the key is written for its owner, and never over a file", async () => {
  const { device, key } = await sealedDevice(await newAccount());
  const sheet = join(device.home, "sheet.txt");
  await run(device, ["sync", "key", "export", sheet]);
  expect(readFileSync(sheet, "utf8").split("\n")).toHaveLength(7); // six lines, and the end of the last
  expect(readFileSync(sheet, "utf8")).toContain(key);
  expect(statSync(sheet).mode & 0o777).toBe(0o600);
  const other = join(device.home, "other.txt");
  writeFileSync(other, "mine");
  expect(await device.run(["sync", "key", "export", other])).toMatchObject({
    code: 2,
    stdout: "",
    stderr: "There is already a file of that name.\nName another one.\n",
  });
  expect(readFileSync(other, "utf8")).toBe("mine");
});

test("nothing is sealed where the new key cannot be written", async () => {
  const device = await connectDevice(await newAccount());
  const taken = join(device.home, "taken.txt");
  writeFileSync(taken, "mine");
  for (const file of [taken, join(device.home, "nowhere", "out.key")]) {
    const { code, stderr } = await device.run(["sync", "seal", "--sealing-key-out", file]);
    expect([file, code]).toEqual([file, file === taken ? 2 : 1]);
    expect(stderr).not.toContain("--force");
  }
  expect(readFileSync(taken, "utf8")).toBe("mine");
  expect((await device.json(["sync", "status"])).sealed).toBeNull();
});

test("a key for an account that is plain is not kept, and the sentence names what seals the account", async () => {
  const device = await connectDevice(await newAccount());
  const input = "SEAL1-000G4-0R40M-30E20-9185G-R38E1-YM05X";
  expect(await device.run(["sync", "key", "enter", "--sealing-key-stdin"], { input })).toMatchObject({
    code: 4,
    stderr: expect.stringContaining("\n`moodsync sync seal` seals it with a new key;"),
  });
  expect(existsSync(join(device.home, "sealing-key"))).toBe(false);
});
