import { expect } from "vitest";
import { createDevice, type Device } from "../device/device.ts";
import { createTestDatabase } from "../postgres/postgres.ts";
import { startTestServer, type TestServer } from "../server/http-server.ts";

/** A server on a database of its own, with one account. */
export async function startAccount(): Promise<TestServer & { apiKey: string; userId: string }> {
  const server = await startTestServer(await createTestDatabase());
  return { ...server, ...(await server.newAccount()) };
}

/** A new device, connected, with its clock at the server's. */
export async function connectDevice(
  server: { url: string; apiKey: string },
  label = "device",
): Promise<Device> {
  const device = createDevice();
  device.nowMs = Date.now();
  const enable = ["sync", "enable", server.url, "--key-stdin", "--label", label];
  expect(await device.run(enable, { input: server.apiKey })).toMatchObject({ code: 0 });
  return device;
}

/** Syncs, failing unless that succeeds. */
export function sync(
  device: Device,
): Promise<{ uploaded: number; downloaded: number; conflicts: number; pending: number }> {
  return device.json(["sync"]);
}

/** All live entities of a device in the form of an export: two devices agree when these are equal. */
export async function entitiesOf(device: Device): Promise<Record<string, { id: string }[]>> {
  return (await device.json(["export"])).entities;
}
