import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { digestOf, SyncDigestResponse } from "../../../src/domain/protocol/digest.ts";
import { parseChange } from "../../../src/domain/protocol/parse-change.ts";
import type { SyncChange } from "../../../src/domain/protocol/sync-change.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { send, startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { deletion, entityChange, moodChange } from "../../helpers/sync/sync-server.ts";

const DEVICE = randomUUID();
const EMPTY = { count: 0, checksum: "0".repeat(16), tombstones: 0 };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(await createTestDatabase());
});
afterAll(() => server.close());

async function upload(apiKey: string, changes: SyncChange[]) {
  const body = { device_id: DEVICE, client_cursor: null, changes };
  const answer = await send(server.url, "POST", "/v1/sync/upload", { apiKey, body });
  expect(answer).toMatchObject({ status: 200, body: { conflicts: [] } });
  return answer.body;
}

async function readDigest(apiKey: string): Promise<SyncDigestResponse> {
  const answer = await send(server.url, "GET", "/v1/sync/digest", { apiKey });
  expect(answer.status).toBe(200);
  return SyncDigestResponse.parse(answer.body);
}

function activityChange(label: string): SyncChange {
  const time = "2026-01-02T03:04:05.678Z";
  const metadata = { created_at: time, updated_at: time, deleted_at: null };
  return entityChange("Activity", { id: randomUUID(), label, color_hex: null, icon: null, metadata });
}

function hashOf(change: SyncChange): string {
  const parsed = parseChange(change);
  if (parsed.status !== "valid") throw new Error(JSON.stringify(parsed));
  return parsed.version.contentHash;
}

test("sums up what stands, as a client sums up the same entities", async () => {
  const { apiKey } = await server.newAccount();
  // Enough of them that the sum passes 2^64.
  const moods = Array.from({ length: 40 }, (_, i) => moodChange({ note: `entry ${i}` }));
  const activities = [activityChange("running"), activityChange("reading")];
  await upload(apiKey, [...moods, ...activities]);
  const edited = moodChange({ id: moods[0]!.id, note: "edited", updatedAtMs: Date.now() - 1_000 });
  const { head_cursor } = await upload(apiKey, [edited, deletion(moods[1]!.id)]);

  const digest = await readDigest(apiKey);
  expect(digest.entity_types).toEqual({
    MoodEntry: { ...digestOf([edited, ...moods.slice(2)].map(hashOf)), tombstones: 1 },
    Activity: { ...digestOf(activities.map(hashOf)), tombstones: 0 },
    AssessmentEntry: EMPTY,
    Schedule: EMPTY,
  });
  expect(digest.server_cursor).toBe(head_cursor);
});

test("counts nothing of another account with the same ids", async () => {
  const [one, other] = [await server.newAccount(), await server.newAccount()];
  const change = moodChange({ note: "one" });
  await upload(one.apiKey, [change]);
  const empty = await readDigest(other.apiKey);
  expect(Object.values(empty.entity_types)).toEqual([EMPTY, EMPTY, EMPTY, EMPTY]);
  await upload(other.apiKey, [moodChange({ id: change.id, note: "other" })]);
  expect((await readDigest(one.apiKey)).entity_types.MoodEntry).toEqual({
    ...digestOf([hashOf(change)]),
    tombstones: 0,
  });
});

test("names the position of an account that never uploaded, which a download then starts from", async () => {
  const { apiKey } = await server.newAccount();
  const { server_cursor } = await readDigest(apiKey);
  const body = { device_id: DEVICE, since: server_cursor };
  const answer = await send(server.url, "POST", "/v1/sync/download", { apiKey, body });
  expect(answer).toMatchObject({ status: 200, body: { server_cursor, changes: [], has_more: false } });
});
