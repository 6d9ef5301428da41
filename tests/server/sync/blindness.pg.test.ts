import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { activityId } from "../../../src/domain/entities/natural-key.ts";
import type { SealedChange } from "../../../src/domain/protocol/sealed-change.ts";
import { openChange } from "../../../src/sealing/open-change.ts";
import { sealChange } from "../../../src/sealing/seal-change.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { connect } from "../../helpers/postgres/postgres-databases.ts";
import { allRows, filesWith } from "../../helpers/postgres/search-database.ts";
import { send, startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { sealedDevice } from "../../helpers/sync/sealed-account.ts";
import { deletion, entityChange, moodChange } from "../../helpers/sync/sync-server.ts";

let server: TestServer;
let url: string;
let sql: postgres.Sql;
beforeAll(async () => {
  url = await createTestDatabase();
  server = await startTestServer(url, { metrics: true });
  sql = connect(url);
});
afterAll(async () => {
  await server.close();
  await sql.end();
});

test("nothing of what a sealed account holds is in its database, the files of that, the log or the metrics", async () => {
  const [wal] = await sql`select pg_walfile_name(pg_current_wal_lsn()) as segment`;
  const mark = `canary-${randomUUID()}`;
  const account = await server.newAccount();
  const device = sealedDevice(server, account);
  await device.found();
  const at = "2026-03-02T20:00:05.123Z";
  const activity = {
    id: activityId(`${mark} label`),
    label: `${mark} label`,
    color_hex: null,
    icon: null,
    metadata: { created_at: at, updated_at: at, deleted_at: null },
  };
  const now = Date.now() - 60_000;
  const mood = moodChange({ note: `${mark} note`, updatedAtMs: now });
  const edited = moodChange({ id: mood.id, note: `${mark} edited`, updatedAtMs: now + 1 });
  const removed = moodChange({ note: `${mark} removed`, updatedAtMs: now });
  await device.upload([entityChange("Activity", activity), mood, removed]);
  await device.upload([edited, deletion(removed.id, now + 1)]);
  const name = sealChange(device.keys, {
    entity_type: "Device",
    id: device.deviceId,
    updated_at: "1970-01-01T00:00:00.000Z",
    deleted: false,
    data: { id: device.deviceId, label: `${mark} device` },
  })!;
  const path = `/v1/devices/${device.deviceId}`;
  await device.ask("PUT", path, { label: null, sealed_label: name.envelope });
  // What a defective client says in the clear is neither stored nor logged.
  for (const refused of [
    await device.ask("PUT", path, { label: `${mark} device` }),
    await device.upload([{ ...sealChange(device.keys, mood)!, data: mood.data } as SealedChange]),
    await device.ask("POST", "/v1/sync/upload", { device_id: device.deviceId, changes: [mood] }),
  ]) {
    expect(refused.status).toBeGreaterThanOrEqual(400);
  }
  const page = await device.download(null);
  const notes = page.body.changes.map((change: SealedChange) => openChange(device.keys, change).data);
  expect(notes).toMatchObject([{ label: `${mark} label` }, { note: `${mark} edited` }, null]);

  const rows = await allRows(sql);
  expect(rows.match(/"envelope"/g)).toHaveLength(5);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toContain("/v1/sealed/upload");
  const places = Object.entries({ rows, log: server.logText(), metrics });
  // Ids of devices are in all of them; those of entities and words of the wire in none.
  for (const text of [mark, mood.id, removed.id, activity.id, 'recorded_at":', "MoodEntry", "Activity"]) {
    expect([text, places.filter(([, content]) => content.includes(text)).map(([place]) => place)]).toEqual([
      text,
      [],
    ]);
  }
  for (const { id } of page.body.changes) {
    expect(places.filter(([, content]) => content.includes(id)).map(([place]) => place)).toEqual(["rows"]);
  }

  expect(await filesWith(sql, mark, wal!.segment)).toEqual([]);
  const { apiKey } = await server.newAccount();
  const plain = { device_id: randomUUID(), client_cursor: null, changes: [moodChange({ note: mark })] };
  await send(server.url, "POST", "/v1/sync/upload", { apiKey, body: plain });
  expect(await filesWith(sql, mark, wal!.segment)).toEqual(["r", "wal"]);
});
