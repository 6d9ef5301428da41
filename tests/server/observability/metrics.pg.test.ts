import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { send, startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { moodChange } from "../../helpers/sync/sync-server.ts";

const DEVICE = randomUUID();
const servers: TestServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function start(options: Parameters<typeof startTestServer>[1]): Promise<TestServer> {
  const server = await startTestServer(await createTestDatabase(), options);
  servers.push(server);
  return server;
}

async function readMetrics(url: string): Promise<string> {
  const response = await fetch(`${url}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=/);
  return response.text();
}

test("serves no numbers unless asked to", async () => {
  const { url } = await start({});
  expect(await send(url, "GET", "/metrics")).toMatchObject({ status: 404 });
});

test("counts requests and changes on a listener of its own", async () => {
  const server = await start({ metricsPort: 0 });
  expect(await send(server.url, "GET", "/metrics")).toMatchObject({ status: 404 });
  expect(await send(server.metricsUrl!, "GET", "/health")).toMatchObject({ status: 404 });
  const { userId, apiKey } = await server.newAccount();
  const change = moodChange({ note: "PRIVATE" });
  const older = moodChange({ id: change.id, updatedAtMs: Date.now() - 900_000 });
  const upload = { device_id: DEVICE, client_cursor: null, changes: [change, older, moodChange()] };
  await send(server.url, "POST", "/v1/sync/upload", { apiKey, body: upload });
  await send(server.url, "POST", "/v1/sync/download", { apiKey, body: { device_id: DEVICE, since: null } });
  await send(server.url, "GET", "/v1/devices", {});

  const text = await readMetrics(server.metricsUrl!);
  expect(text).toContain('moodsync_requests_total{method="POST",route="/v1/sync/upload",status="200"} 1');
  expect(text).toContain('moodsync_requests_total{method="GET",route="/v1/devices",status="401"} 1');
  expect(text).toContain('moodsync_requests_total{method="GET",route="none",status="404"} 1');
  expect(text).toContain('moodsync_request_duration_seconds_count{route="/v1/sync/upload"} 1');
  expect(text).toContain('moodsync_changes_total{outcome="applied"} 2');
  expect(text).toContain('moodsync_changes_total{outcome="conflict"} 1');
  expect(text).toContain('moodsync_changes_total{outcome="downloaded"} 2');
  expect(text).toContain("moodsync_upload_repeats_total 0");
  expect(text).toContain("process_resident_memory_bytes");
  for (const secret of ["PRIVATE", apiKey, userId, DEVICE, change.id]) expect(text).not.toContain(secret);
});

test("serves them beside the rest where that is asked for", async () => {
  const { url } = await start({ metrics: true });
  await send(url, "GET", "/health");
  expect(await readMetrics(url)).toContain('route="/health"');
});
