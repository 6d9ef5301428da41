import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { revokeApiKey } from "../../../server/db/api-keys.ts";
import { NEVER_FOUNDED } from "../../../server/openapi/sealed-examples.ts";
import type { FoundingRequest, SealingInfo } from "../../../src/domain/protocol/sealing-info.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { connect } from "../../helpers/postgres/postgres-databases.ts";
import { send, startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import { envelopeOf, type SealedDevice, sealedDevice } from "../../helpers/sync/sealed-account.ts";
import { deletion, moodChange } from "../../helpers/sync/sync-server.ts";

const QUOTA_BYTES = 40_000;
const TYPED_TABLES = ["mood_entries", "assessments", "activities", "schedules", "entity_history"];
const PLAIN = { format: null, key_id: null, key_check: null };

let server: TestServer;
let sql: postgres.Sql;
beforeAll(async () => {
  const url = await createTestDatabase();
  server = await startTestServer(url, { quotas: { bytes: QUOTA_BYTES, keys: 10, devices: 30 } });
  sql = connect(url);
});
afterAll(async () => {
  await server.close();
  await sql.end();
});

type Account = { userId: string; apiKey: string };

/** An upload to the plain account, as any client makes it; the head after it. */
async function uploadPlain({ apiKey }: Account, changes = [moodChange()], cursor: string | null = null) {
  const body = { device_id: PLAIN_DEVICE, client_cursor: cursor, changes };
  return send(server.url, "POST", "/v1/sync/upload", { apiKey, body });
}
const PLAIN_DEVICE = randomUUID();

/** The cursor of whoever has downloaded everything. */
async function plainHead({ apiKey }: Account): Promise<string> {
  const body = { device_id: PLAIN_DEVICE, since: null };
  return (await send(server.url, "POST", "/v1/sync/download", { apiKey, body })).body.server_cursor;
}

const sealingOf = async (device: SealedDevice): Promise<SealingInfo> =>
  (await device.ask("GET", "/v1/sealing")).body;

async function rowCounts(userId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of [...TYPED_TABLES, "sealed_entities", "sealed_history"]) {
    const [row] = await sql`select count(*)::integer as n from ${sql(table)} where user_id = ${userId}`;
    if (row!.n > 0) counts[table] = row!.n;
  }
  return counts;
}

async function expectBytesCounted(userId: string): Promise<void> {
  const [row] = await sql`
    select stored_bytes::integer as noted, account_bytes(id)::integer as counted from users where id = ${userId}`;
  expect(row!.noted).toBe(row!.counted);
}

describe("a founding", () => {
  test("makes an empty account sealed, and says so to every device", async () => {
    const account = await server.newAccount();
    const device = sealedDevice(server, account);
    expect(await sealingOf(device)).toEqual(NEVER_FOUNDED);
    const founding = device.founding();
    const answer = await device.found();
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({
      generation: 1,
      format: 1,
      key_id: device.keys.keyId,
      key_check: founding.key_check,
      founded_at: founding.founded_at,
      founded_by: device.deviceId,
      may_seal: true,
      has_retired: false,
    });
    expect(await sealingOf(device)).toEqual(answer.body);
  });

  test("may come again after a lost answer, and changes nothing then", async () => {
    const device = sealedDevice(server, await server.newAccount());
    const first = await device.found();
    await device.upload([moodChange()]);
    expect(await device.found()).toMatchObject({ status: 200, body: first.body });
    const page = await device.download(null);
    expect(page.body.changes).toHaveLength(1);
  });

  test("needs a device that has downloaded everything, unless a person gave that up", async () => {
    const account = await server.newAccount();
    const device = sealedDevice(server, account);
    const { body } = await uploadPlain(account);
    await uploadPlain(account);
    for (const client_cursor of [null, body.head_cursor, "unknown"]) {
      const refused = await device.found({ client_cursor });
      expect([client_cursor, refused.status, refused.body.code]).toEqual([client_cursor, 409, "not_at_head"]);
    }
    expect(await sealingOf(device)).toEqual(NEVER_FOUNDED);
    expect(await device.found({ client_cursor: body.head_cursor, leaves_unread: true })).toMatchObject({
      status: 200,
      body: { generation: 1, has_retired: true },
    });
  });

  test("takes the generation that it knows for the account's, and is told which that is", async () => {
    const account = await server.newAccount();
    const device = sealedDevice(server, account);
    const founded = await device.found();
    const late = sealedDevice(server, account);
    const refused = await late.found({ leaves_unread: true });
    expect(refused.body).toMatchObject({ code: "generation_changed", sealing: founded.body });
    const higher = sealedDevice(server, account, { generation: 9 });
    const cursor = (await device.download(null)).body.server_cursor;
    expect(await higher.found({ from_generation: 1, client_cursor: cursor })).toMatchObject({
      status: 200,
      body: { generation: 9 },
    });
  });

  const envelope = envelopeOf(512);
  test.each([
    ["the generation that it knows", { generation: 0 }, "generation must be higher than from_generation."],
    ["a format of a later version", { format: 2 }, "format must be 1."],
    ["a key without a record", { key_check: null }, "format, key_id and key_check must be null together."],
    ["a record without a key", { key_id: null }, "format, key_id and key_check must be null together."],
    [
      "a record that is no base64",
      { key_check: `${envelope}=` },
      "key_check must be base64 in its one form.",
    ],
    [
      "another generation's record",
      { key_check: envelopeOf(512, { generation: 2 }) },
      "key_check must be of the founding's generation.",
    ],
    [
      "a record of another length",
      { key_check: envelopeOf(128) },
      "key_check must have one of the padded lengths.",
    ],
  ] as [string, Partial<FoundingRequest>, string][])("is refused with %s", async (_, broken, detail) => {
    const device = sealedDevice(server, await server.newAccount());
    expect(await device.found(broken)).toMatchObject({ status: 400, body: { code: "malformed", detail } });
    expect(await sealingOf(device)).toEqual(NEVER_FOUNDED);
  });

  test("is refused where whoever runs the server keeps the account readable", async () => {
    const account = await server.newAccount();
    await sql`update users set may_seal = false where id = ${account.userId}`;
    const device = sealedDevice(server, account);
    const refused = await device.found();
    expect(refused).toMatchObject({ status: 422, body: { code: "sealing_refused" } });
    expect(await sealingOf(device)).toEqual({ ...NEVER_FOUNDED, may_seal: false });
    expect(await uploadPlain(account)).toMatchObject({ status: 200 });
  });

  test("stores nothing with a key that was revoked while it was on its way", async () => {
    const account = await server.newAccount();
    const device = sealedDevice(server, account);
    const [key] = await sql`select id from api_keys where user_id = ${account.userId}`;
    await revokeApiKey(server.db, { userId: account.userId, id: key!.id, by: null });
    expect(await device.found()).toMatchObject({ status: 401 });
    const [row] = await sql`select generation from users where id = ${account.userId}`;
    expect(row).toEqual({ generation: 0 });
  });

  test("succeeds once of several devices that found at the same moment", async () => {
    const account = await server.newAccount();
    await uploadPlain(account);
    const client_cursor = await plainHead(account);
    const devices = Array.from({ length: 6 }, () => sealedDevice(server, account));
    const answers = await Promise.all(devices.map((device) => device.found({ client_cursor })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    const winner = devices[answers.findIndex(({ status }) => status === 200)]!;
    const sealing = await sealingOf(winner);
    expect(sealing).toMatchObject({ key_id: winner.keys.keyId, founded_by: winner.deviceId });
    for (const { status, body } of answers) {
      if (status === 409) expect(body).toMatchObject({ code: "generation_changed", sealing });
    }
    const uploads = await Promise.all(devices.map((device) => device.upload([moodChange()])));
    expect(uploads.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  test("leaves nothing of an upload that was decided before it in a typed table", async () => {
    for (let round = 0; round < 8; round++) {
      const account = await server.newAccount();
      const device = sealedDevice(server, account);
      const [founded, ...uploads] = await Promise.all([
        device.found({ leaves_unread: true }),
        ...Array.from({ length: 4 }, () => uploadPlain(account)),
      ]);
      expect(founded).toMatchObject({ status: 200 });
      const stored = uploads.filter(({ status }) => status === 200);
      const refused = uploads.filter(({ body }) => body.code === "sealed_account");
      expect(stored.length + refused.length).toBe(4);
      const [row] = await sql`
        select
          (select count(*)::integer from mood_entries where user_id = u.id and seq < u.generation_seq) as before,
          (select count(*)::integer from mood_entries where user_id = u.id and seq > u.generation_seq) as after
        from users as u
        where id = ${account.userId}`;
      expect(row).toEqual({ before: stored.length, after: 0 });
      await expectBytesCounted(account.userId);
    }
  });
});

describe("what a founding retires", () => {
  test("is served to nobody, and removed by whoever names the generation that stands", async () => {
    const account = await server.newAccount();
    const moods = [moodChange(), moodChange(), moodChange()];
    await uploadPlain(account, moods);
    await uploadPlain(account, [
      moodChange({ id: moods[0]!.id, updatedAtMs: Date.now() }),
      deletion(moods[1]!.id),
    ]);
    const client_cursor = await plainHead(account);
    const device = sealedDevice(server, account);
    await device.ask("PUT", `/v1/devices/${device.deviceId}`, { label: "kitchen laptop" });
    expect(await device.found({ client_cursor })).toMatchObject({ body: { has_retired: true } });
    expect((await device.download(null)).body.changes).toEqual([]);
    await device.upload(moods);
    expect(await rowCounts(account.userId)).toEqual({
      mood_entries: 3,
      entity_history: 2,
      sealed_entities: 3,
    });

    for (const generation of ["0", "2"]) {
      const refused = await device.ask("DELETE", `/v1/sealing/retired?generation=${generation}`);
      expect(refused).toMatchObject({
        status: 409,
        body: { code: "generation_changed", sealing: { generation: 1 } },
      });
    }
    for (const query of ["", "?generation=", "?generation=x", "?generation=99999999999"]) {
      expect(await device.ask("DELETE", `/v1/sealing/retired${query}`)).toMatchObject({ status: 400 });
    }
    expect(await rowCounts(account.userId)).toMatchObject({ mood_entries: 3, entity_history: 2 });

    for (const _ of ["first", "again"]) {
      expect(await device.ask("DELETE", "/v1/sealing/retired?generation=1")).toMatchObject({ status: 204 });
      expect(await rowCounts(account.userId)).toEqual({ sealed_entities: 3 });
    }
    expect(await sealingOf(device)).toMatchObject({ generation: 1, has_retired: false });
    const { body } = await device.ask("GET", "/v1/devices");
    expect(JSON.stringify(body)).not.toContain("kitchen laptop");
    await expectBytesCounted(account.userId);
  });

  test("are sealed rows, too, when the key is changed", async () => {
    const account = await server.newAccount();
    const first = sealedDevice(server, account);
    await first.found();
    const moods = [moodChange(), moodChange()];
    await first.upload(moods);
    await first.upload([moodChange({ id: moods[0]!.id, updatedAtMs: Date.now() })]);
    const client_cursor = (await first.download(null)).body.server_cursor;
    const second = sealedDevice(server, account, { generation: 2 });
    await second.found({ client_cursor });
    await second.upload(moods);
    expect(await rowCounts(account.userId)).toEqual({ sealed_entities: 4, sealed_history: 1 });
    expect(await first.upload([moodChange()])).toMatchObject({ status: 409 });
    const [entity] = (await second.download(null)).body.changes;
    expect((await second.ask("GET", `/v1/sealed/history/${entity.id}`)).body.versions).toHaveLength(1);
    const digest = await second.ask("GET", "/v1/sealed/digest");
    expect(digest.body).toMatchObject({ generation: 2, count: 2 });

    expect(await second.ask("DELETE", "/v1/sealing/retired?generation=2")).toMatchObject({ status: 204 });
    expect(await rowCounts(account.userId)).toEqual({ sealed_entities: 2 });
    expect((await second.ask("GET", "/v1/sealed/digest")).body).toEqual(digest.body);
  });

  test("does not count towards the quota, but a second time only within it", async () => {
    const account = await server.newAccount();
    const device = sealedDevice(server, account);
    await device.found();
    const fill = Array.from({ length: 30 }, (_, index) => moodChange({ note: `${index}` }));
    expect(await device.upload(fill)).toMatchObject({ status: 200 });
    expect(await device.upload(fill.map(() => moodChange()))).toMatchObject({ status: 507 });

    const second = sealedDevice(server, account, { generation: 2 });
    expect(await second.found({ leaves_unread: true })).toMatchObject({ status: 200 });
    expect(await second.upload(fill)).toMatchObject({ status: 200 });
    const third = sealedDevice(server, account, { generation: 3 });
    expect(await third.found({ leaves_unread: true })).toMatchObject({
      status: 507,
      body: { code: "quota_exceeded" },
    });
    await second.ask("DELETE", "/v1/sealing/retired?generation=2");
    expect(await third.found({ leaves_unread: true })).toMatchObject({ status: 200 });
    await expectBytesCounted(account.userId);
  });
});

describe("unsealing", () => {
  test("waits until nothing is retired, then gives the plain routes back, and their tables, empty", async () => {
    const account = await server.newAccount();
    const mood = moodChange();
    await uploadPlain(account, [mood]);
    const device = sealedDevice(server, account);
    const plain = { ...PLAIN, generation: 2, from_generation: 1 };
    expect(await device.found({ ...PLAIN, leaves_unread: true })).toMatchObject({
      status: 422,
      body: { code: "sealing_refused", detail: "The account is plain already." },
    });
    await device.found({ leaves_unread: true });
    await device.upload([mood]);
    const client_cursor = (await device.download(null)).body.server_cursor;
    expect(await device.found({ ...plain, client_cursor })).toMatchObject({
      status: 422,
      body: { code: "sealing_refused", detail: "Remove what is retired before the account is unsealed." },
    });
    await device.ask("DELETE", "/v1/sealing/retired?generation=1");
    const { body } = await device.found({ ...plain, client_cursor });
    expect(body).toMatchObject({ ...PLAIN, generation: 2, founded_by: device.deviceId, has_retired: true });

    expect(await device.upload([mood])).toMatchObject({ status: 409, body: { code: "generation_changed" } });
    const empty = { device_id: PLAIN_DEVICE, since: null };
    const page = await send(server.url, "POST", "/v1/sync/download", { apiKey: account.apiKey, body: empty });
    expect(page.body).toMatchObject({ changes: [], has_more: false });
    expect(await uploadPlain(account, [mood], client_cursor)).toMatchObject({
      status: 409,
      body: { reason: "unknown_cursor" },
    });
    expect((await uploadPlain(account, [mood])).body.applied_ids).toEqual([mood.id]);

    expect(await device.ask("DELETE", "/v1/sealing/retired?generation=2")).toMatchObject({ status: 204 });
    expect(await rowCounts(account.userId)).toEqual({ mood_entries: 1 });
    await expectBytesCounted(account.userId);
  });
});

describe("a server that was put back to before a founding", () => {
  test("refuses the devices of after it, who found the account again with a higher generation", async () => {
    const account = await server.newAccount();
    await uploadPlain(account);
    const [backup] = await sql`select to_jsonb(u)::text as row from users as u where id = ${account.userId}`;
    const uploads = await sql`select first_seq from uploads where user_id = ${account.userId}`;
    const device = sealedDevice(server, account);
    const client_cursor = await plainHead(account);
    await device.found({ client_cursor });
    const mine = moodChange();
    const { body } = await device.upload([mine]);

    await sql`delete from sealed_entities where user_id = ${account.userId}`;
    await sql`delete from uploads where user_id = ${account.userId} and first_seq > ${uploads.length}`;
    await sql`
      update users as u
      set sync_seq = b.sync_seq, stored_bytes = b.stored_bytes, retired_bytes = b.retired_bytes,
        retired_at = b.retired_at, generation = b.generation, generation_seq = b.generation_seq, key_id = b.key_id,
        seal_format = b.seal_format, key_check = b.key_check
      from jsonb_populate_record(null::users, ${backup!.row}::text::jsonb) as b
      where u.id = b.id`;

    for (const refused of [
      await device.upload([mine], { client_cursor: body.head_cursor }),
      await device.download(body.head_cursor),
    ]) {
      expect(refused).toMatchObject({
        status: 409,
        body: { code: "generation_changed", sealing: { generation: 0 } },
      });
    }
    const again = sealedDevice(server, account, { generation: 2 });
    expect(await again.found({ from_generation: 0, client_cursor: body.head_cursor })).toMatchObject({
      status: 409,
      body: { code: "not_at_head" },
    });
    expect(await again.found({ from_generation: 0, leaves_unread: true })).toMatchObject({ status: 200 });
    expect(await again.upload([mine])).toMatchObject({ status: 200, body: { conflicts: [] } });
    expect(await again.download(body.head_cursor)).toMatchObject({
      status: 409,
      body: { reason: "unknown_cursor" },
    });
  });
});
