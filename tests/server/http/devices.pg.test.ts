import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { envelopeOf, type SealedDevice, sealedDevice } from "../../helpers/sync/sealed-account.ts";
import { moodChange } from "../../helpers/sync/sync-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(await createTestDatabase());
});
afterAll(() => server.close());

const label = (device: SealedDevice, body: object) =>
  device.ask("PUT", `/v1/devices/${device.deviceId}`, body);
const listed = async (device: SealedDevice) => (await device.ask("GET", "/v1/devices")).body.devices;

test("the devices of a plain account have their names in the clear, and nothing of sealed ones", async () => {
  const device = sealedDevice(server, await server.newAccount());
  const { status, body } = await label(device, { label: "laptop" });
  expect(status).toBe(200);
  expect(Object.keys(body)).toEqual(["id", "label", "created_at", "last_seen_at"]);
  expect(await listed(device)).toEqual([body]);
  expect(await label(device, { label: null, sealed_label: envelopeOf(512) })).toMatchObject({
    status: 409,
    body: { code: "generation_changed", sealing: { generation: 0 } },
  });
  expect(await listed(device)).toEqual([body]);
});

test("those of a sealed account have sealed names of its generation, and the one that they last synced with", async () => {
  const account = await server.newAccount();
  const device = sealedDevice(server, account);
  await label(device, { label: "laptop" });
  await device.found();
  expect(await listed(device)).toMatchObject([{ label: "laptop", sealed_label: null, generation: null }]);

  const sealed_label = envelopeOf(512);
  const { body } = await label(device, { label: null, sealed_label });
  expect(body).toMatchObject({ id: device.deviceId, label: null, sealed_label, generation: null });
  await device.download(null);
  expect(await listed(device)).toMatchObject([
    { id: device.deviceId, label: null, sealed_label, generation: 1 },
  ]);

  const other = sealedDevice(server, account, { generation: 2 });
  await other.download(null);
  expect(await listed(device)).toMatchObject([
    { id: device.deviceId, generation: 1 },
    { id: other.deviceId, generation: null },
  ]);
  await other.found({ leaves_unread: true });
  await other.upload([moodChange()]);
  await device.ask("DELETE", "/v1/sealing/retired?generation=2");
  expect(await listed(device)).toMatchObject([
    { id: device.deviceId, generation: 1, sealed_label: null },
    { id: other.deviceId, generation: 2 },
  ]);
});

const sealed = envelopeOf(512);
test.each([
  ["in the clear", { label: "laptop" }, 422, "sealed_account"],
  [
    "of another generation",
    { label: null, sealed_label: envelopeOf(512, { generation: 2 }) },
    409,
    "generation_changed",
  ],
  [
    "of the last generation there can be",
    { label: null, sealed_label: envelopeOf(512, { generation: 2 ** 32 - 1 }) },
    409,
    "generation_changed",
  ],
  ["both in the clear and sealed", { label: "laptop", sealed_label: sealed }, 400, "malformed"],
  ["of another format", { label: null, sealed_label: envelopeOf(512, { format: 2 }) }, 400, "malformed"],
  ["of a length that tells its own", { label: null, sealed_label: envelopeOf(511) }, 400, "malformed"],
  ["that is no base64", { label: null, sealed_label: `${sealed}=` }, 400, "malformed"],
  ["that is no text", { label: null, sealed_label: 1 }, 400, "malformed"],
] as [string, object, number, string][])(
  "a sealed account takes no name %s",
  async (_, body, status, code) => {
    const device = sealedDevice(server, await server.newAccount());
    await device.found();
    expect(await label(device, body)).toMatchObject({ status, body: { code } });
    expect(await listed(device)).toEqual([]);
  },
);
