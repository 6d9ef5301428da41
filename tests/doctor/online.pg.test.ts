import { afterAll, beforeAll, expect, test } from "vitest";
import { versionFinding } from "../../src/doctor/examine-connection.ts";
import { PROTOCOL_VERSION } from "../../src/domain/protocol/protocol-version.ts";
import { connectDevice, startAccount } from "../helpers/sync/synced-devices.ts";

let server: Awaited<ReturnType<typeof startAccount>>;

beforeAll(async () => {
  server = await startAccount();
});
afterAll(() => server.close());

test("--online asks the server for its clock, its version and what it holds, and changes nothing", async () => {
  const device = await connectDevice(server);
  await device.json(["log", "mood", "4"]);
  await device.json(["sync"]);
  const findings = async () => {
    const { stdout } = await device.run(["doctor", "--online", "--json"]);
    return JSON.parse(stdout).findings;
  };
  const status = await device.json(["sync", "status"]);
  device.nowMs = Date.now();
  expect(await findings()).toEqual(
    expect.arrayContaining([
      { name: "server", status: "ok", text: `${server.url} answers and takes the key`, fix: null },
      { name: "certificate", status: "note", text: "none: this connection is not encrypted", fix: null },
      { name: "version", status: "ok", text: `both sides speak protocol ${PROTOCOL_VERSION}`, fix: null },
      { name: "clock", status: "ok", text: "agrees with the server's", fix: null },
      { name: "data", status: "ok", text: "this device and the server hold the same", fix: null },
    ]),
  );
  expect(await device.json(["sync", "status"])).toEqual(status);
  device.nowMs = Date.now() + 5 * 60_000;
  expect(await findings()).toContainEqual(
    expect.objectContaining({
      name: "clock",
      status: "problem",
      text: expect.stringContaining("5 minutes ahead"),
    }),
  );
});

test("an older server is a problem, a newer one none", () => {
  expect(versionFinding(PROTOCOL_VERSION - 1)).toMatchObject({
    status: "problem",
    text: `the server speaks protocol ${PROTOCOL_VERSION - 1}, this device ${PROTOCOL_VERSION}`,
    fix: "Update moodsync on the server.",
  });
  expect(versionFinding(PROTOCOL_VERSION + 1)).toMatchObject({ status: "note" });
});

test("a server that does not answer is a problem, and what is known here is shown all the same", async () => {
  const other = await startAccount();
  const device = await connectDevice(other);
  await other.close();
  const { code, stdout } = await device.run(["doctor", "--online"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/ ! {2}server +\S/);
  expect(stdout).toContain("support lines");
}, 60_000);
