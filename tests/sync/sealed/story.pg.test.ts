import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startLosingProxy } from "../../helpers/sync/losing-proxy.ts";
import { joinDevice, newDevice, run, sealedDevice } from "../../helpers/sync/sealed-devices.ts";
import { connectDevice, entitiesOf, startAccount, sync } from "../../helpers/sync/synced-devices.ts";

let server: Awaited<ReturnType<typeof startAccount>>;
let account: { url: string; apiKey: string };

beforeAll(async () => {
  server = await startAccount();
});
afterAll(() => server.close());
beforeEach(async () => {
  account = { url: server.url, apiKey: (await server.newAccount()).apiKey };
});

test("two devices of an account that is sealed from the start exchange everything", async () => {
  const { device: a, keyFile, key } = await sealedDevice(account);
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  expect(key).toMatch(/^SEAL1-/);
  await a.json(["log", "mood", "4", "-a", "run", "-n", "Canary in the mine"]);
  await sync(a);
  const b = await joinDevice(account, keyFile);
  await sync(b);
  expect(await entitiesOf(b)).toEqual(await entitiesOf(a));
  await b.json(["log", "mood", "2", "-a", "run"]);
  await sync(b);
  await sync(a);
  expect(await entitiesOf(a)).toEqual(await entitiesOf(b));
  const { sealed } = await a.json(["sync", "status"]);
  expect(sealed).toMatchObject({ generation: 1, key_place: "file", founding: "none", unreadable: 0 });
  // Each of its syncs moved something, and it has compared all the same.
  expect((await b.json(["sync", "status"])).sealed.verified_at).not.toBeNull();
  const [ours, theirs] = [await a.json(["sync", "verify"]), await b.json(["sync", "verify"])];
  expect(ours).toMatchObject({ status: "equal", unreadable: 0, fingerprint: { count: 3 } });
  expect(theirs.fingerprint).toEqual(ours.fingerprint);
  expect((await run(a, ["sync", "status", "--online"])).stdout).toContain("the same data");
  expect((await run(a, ["sync", "status"])).stdout).toContain(
    "Sealed        yes, generation 1; the key is in a file",
  );
  expect((await a.json(["account", "devices"])).map(({ label }: { label: string }) => label)).toEqual(
    (await b.json(["account", "devices"])).map(({ label }: { label: string }) => label),
  );
});

test("with --json the account is sealed like without", async () => {
  const device = newDevice();
  const args = [
    "--key-stdin",
    "--sealed",
    "--sealing-key-out",
    join(device.home, "out.key"),
    "--label",
    "mine",
  ];
  const enable = ["sync", "enable", account.url, ...args, "--json"];
  const { stdout, stderr } = await run(device, enable, account.apiKey);
  expect(stderr).toBe(""); // nothing of before is removed where nothing was
  expect(JSON.parse(stdout)).toMatchObject({ enabled: true, sealed: { generation: 1, founding: "none" } });
  expect(await device.json(["account", "devices"])).toMatchObject([{ label: "mine", generation: 1 }]);
});

test("a first connection without the sealing key says how to give it, and stores nothing", async () => {
  await sealedDevice(account);
  const device = newDevice();
  const enable = ["sync", "enable", account.url, "--key-stdin"];
  expect(await device.run(enable, { input: account.apiKey })).toMatchObject({
    code: 4,
    stderr: expect.stringContaining("--sealing-key-file takes it"),
  });
  expect(await device.json(["sync", "status"])).toMatchObject({ enabled: false, endpoint_url: null });
});

test("sync stays off where the answer to the sealing was lost, and the second time ends what was begun", async () => {
  const before = await connectDevice(account, "before");
  await before.json(["log", "mood", "1"]);
  await sync(before);
  const device = newDevice();
  await device.json(["log", "mood", "4"]);
  const enable = ["sync", "enable", account.url, "--key-stdin", "--sealed"];
  const nowhere = await device.run(enable, { input: account.apiKey });
  expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining("--sealing-key-out") });
  expect(await device.json(["sync", "status"])).toMatchObject({ enabled: false, endpoint_url: null });

  const proxy = await startLosingProxy(account.url);
  proxy.lose("PUT /v1/sealing", 3); // as often as it is sent
  const keyFile = join(device.home, "out.key");
  const through = ["sync", "enable", proxy.url, "--key-stdin", "--sealed", "--sealing-key-out", keyFile];
  const lost = await device.run(through, { input: account.apiKey });
  proxy.close();
  expect(lost).toMatchObject({ code: 6, stderr: expect.stringContaining("Sync stays off here") });
  expect((await device.run(["sync"])).code).toBe(7);
  await run(device, [...enable, "--sealing-key-file", keyFile], account.apiKey);
  await sync(device);
  expect(await device.json(["sync", "status"])).toMatchObject({
    enabled: true,
    pending: 0,
    sealed: { founding: "none" },
  });
  const headers = { authorization: `Bearer ${account.apiKey}` };
  const info = await (await fetch(`${account.url}/v1/sealing`, { headers })).json();
  expect(info).toMatchObject({ generation: 1, has_retired: false });
});

test("a key for a file is refused where nothing is to be sealed", async () => {
  const device = newDevice();
  const enable = ["sync", "enable", account.url, "--key-stdin", "--sealing-key-out", "out.key"];
  expect(await device.run(enable, { input: account.apiKey })).toMatchObject({ code: 2 });
});

test("names of devices come through a sealing, a change of key and an unsealing", async () => {
  const a = await connectDevice(account, "laptop");
  const b = await connectDevice(account, "phone");
  const labels = async () =>
    (await a.json(["account", "devices"])).map(({ label }: { label: string }) => label);
  const keyFile = join(a.home, "out.key");
  await run(a, ["sync", "seal", "--sealing-key-out", keyFile]);
  expect((await run(a, ["account", "devices"])).stdout).toMatch(/not synced since the account was sealed/);
  await run(b, ["sync", "key", "enter", "--sealing-key-file", keyFile]);
  await sync(b);
  expect(await labels()).toEqual(["laptop", "phone"]);
  expect((await run(a, ["account", "devices"])).stdout).not.toMatch(/not synced/);
  const newFile = join(a.home, "new.key");
  await run(a, ["sync", "key", "rotate", "--sealing-key-out", newFile]);
  await run(b, ["sync", "key", "enter", "--sealing-key-file", newFile]);
  await sync(b);
  expect(await labels()).toEqual(["laptop", "phone"]);
  await run(a, ["sync", "unseal", "--yes"]);
  await run(b, ["sync", "unseal", "--yes"]);
  expect(await labels()).toEqual(["laptop", "phone"]);
});

test("an account whose key and devices are lost is begun anew", async () => {
  const { device: lost } = await sealedDevice(account);
  await lost.json(["log", "mood", "1"]);
  await sync(lost);
  const device = newDevice();
  await device.json(["log", "mood", "5"]);
  const enable = ["sync", "enable", account.url, "--key-stdin"];
  const refused = await device.run(enable, { input: account.apiKey });
  expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining("no sealing key") });
  const keyFile = join(device.home, "out.key");
  await run(device, [...enable, "--start-over", "--sealing-key-out", keyFile], account.apiKey);
  expect(await device.json(["sync", "status"])).toMatchObject({ pending: 0, sealed: { generation: 2 } });
  const other = await joinDevice(account, keyFile);
  await sync(other);
  expect(await entitiesOf(other)).toEqual(await entitiesOf(device));
});

test("an account with data is sealed, and a device of before waits for the key", async () => {
  const a = await connectDevice(account, "a");
  const b = await connectDevice(account, "b");
  await a.json(["log", "mood", "4", "-a", "run"]);
  await sync(a);
  await sync(b);
  await b.json(["log", "mood", "1", "-n", "not sent yet"]);
  const keyFile = join(a.home, "out.key");
  const { stderr } = await run(a, ["sync", "seal", "--sealing-key-out", keyFile]);
  expect(stderr).toContain("Backups of the server made before today can still be read.");
  expect((await a.json(["sync", "status"])).sealed).toMatchObject({ generation: 1, founding: "none" });

  const before = await entitiesOf(b);
  const refused = await b.run(["sync", "--json"]);
  expect(refused.code).toBe(4);
  expect(JSON.parse(refused.stdout).error).toMatchObject({
    code: "sealed_account",
    message: "This account is sealed, and there is no sealing key on this device.",
  });
  expect(await entitiesOf(b)).toEqual(before);

  await run(b, ["sync", "key", "enter", "--sealing-key-file", keyFile]);
  await sync(b);
  await sync(a);
  expect(await entitiesOf(a)).toEqual(await entitiesOf(b));
  expect((await entitiesOf(a)).mood_entries ?? []).toHaveLength(2);
});

test("a key is changed, and another device follows with the new one", async () => {
  const { device: a, keyFile } = await sealedDevice(account);
  await a.json(["log", "mood", "4"]);
  await sync(a);
  const b = await joinDevice(account, keyFile);
  await sync(b);
  await b.json(["log", "mood", "1"]);
  const newFile = join(a.home, "new.key");
  await run(a, ["sync", "key", "rotate", "--sealing-key-out", newFile]);
  expect((await a.json(["sync", "status"])).sealed).toMatchObject({ generation: 2, founding: "none" });
  const refused = await b.run(["sync", "--json"]);
  expect(refused.code).toBe(4);
  expect(JSON.parse(refused.stdout).error.message).toMatch(
    /^The account's sealing key was changed on another device on \d{4}-\d\d-\d\d; nothing was sent\.$/,
  );
  const wrong = await b.run(["sync", "key", "enter", "--sealing-key-file", keyFile]);
  expect(wrong.code).toBe(4);
  await run(b, ["sync", "key", "enter", "--sealing-key-file", newFile]);
  await sync(b);
  await sync(a);
  expect(await entitiesOf(a)).toEqual(await entitiesOf(b));
  for (const args of [["doctor"], ["doctor", "--online"]]) {
    const { findings } = JSON.parse((await b.run([...args, "--json"])).stdout);
    expect(findings).toContainEqual(expect.objectContaining({ name: "sealing key", status: "ok" }));
  }
});

test("who lost the key founds anew from what the device has", async () => {
  const { device: a } = await sealedDevice(account);
  await a.json(["log", "mood", "4"]);
  await sync(a);
  await run(a, ["sync", "key", "forget"]);
  expect((await run(a, ["sync", "status"])).stdout).toMatch(
    /^Sealed +yes, generation \d; no key on this device, last shown /m,
  );
  expect((await a.run(["sync"])).code).toBe(4);
  const { findings } = JSON.parse((await a.run(["doctor", "--json"])).stdout);
  expect(findings.filter(({ name }: { name: string }) => name === "sealing key")).toMatchObject([
    { status: "problem", fix: expect.stringContaining("moodsync sync key enter") },
  ]);
  await run(a, ["sync", "key", "rotate", "--leave-unread", "--sealing-key-out", join(a.home, "new.key")]);
  expect((await a.json(["sync", "status"])).sealed).toMatchObject({ generation: 2, founding: "none" });
  const b = await joinDevice(account, join(a.home, "new.key"));
  await sync(b);
  expect(await entitiesOf(b)).toEqual(await entitiesOf(a));
});

test("an account is unsealed, and another device follows only when a person says so", async () => {
  const { device: a, keyFile } = await sealedDevice(account);
  await a.json(["log", "mood", "4"]);
  await sync(a);
  const b = await joinDevice(account, keyFile);
  await sync(b);
  expect((await a.run(["sync", "unseal"])).code).toBe(2);
  await run(a, ["sync", "unseal", "--yes"]);
  expect((await a.json(["sync", "status"])).sealed).toBeNull();
  expect((await run(a, ["sync", "status"])).stdout).toContain("no: whoever runs the server can read");
  const refused = await b.run(["sync", "--json"]);
  expect(refused.code).toBe(4);
  expect(JSON.parse(refused.stdout).error.code).toBe("unsealed");
  await run(b, ["sync", "unseal", "--yes"]);
  await sync(b);
  expect(await entitiesOf(b)).toEqual(await entitiesOf(a));
});

describe("a key that does not fit", () => {
  test("is refused before anything is kept", async () => {
    const { keyFile } = await sealedDevice(account);
    const other = newDevice();
    const enable = ["sync", "enable", account.url, "--key-stdin"];
    expect(await other.run(enable, { input: account.apiKey })).toMatchObject({ code: 4 });
    const mistyped = join(other.home, "mistyped");
    writeFileSync(mistyped, readFileSync(keyFile, "utf8").replace(/.\n$/, "\n"), { mode: 0o600 });
    const typo = await other.run([...enable, "--sealing-key-file", mistyped], { input: account.apiKey });
    expect(typo).toMatchObject({ code: 2 });
    expect(typo.stderr).toMatch(/^That is no sealing key, or it was mistyped/);
    const foreign = "SEAL1-000G4-0R40M-30E20-9185G-R38E1-YM05X\n";
    writeFileSync(mistyped, foreign);
    const wrong = await other.run([...enable, "--sealing-key-file", mistyped], { input: account.apiKey });
    expect(wrong).toMatchObject({ code: 4 });
    expect(wrong.stderr).toMatch(/^This is not the sealing key of this account; nothing was sent\./);
    expect(existsSync(join(other.home, "sealing-key"))).toBe(false);
    expect(readdirSync(other.home)).not.toContain("api-key");
  });

  test("is an error where the account is plain", async () => {
    const device = newDevice();
    device.env.MOODSYNC_SEALING_KEY = "SEAL1-000G4-0R40M-30E20-9185G-R38E1-YM05X";
    const enable = ["sync", "enable", account.url, "--key-stdin"];
    const { code, stderr } = await device.run(enable, { input: account.apiKey });
    expect(code).toBe(4);
    expect(stderr).toMatch(/^A sealing key was given, but the account is not sealed/);
  });
});
