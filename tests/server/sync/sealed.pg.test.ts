import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digestOf } from "../../../src/domain/protocol/digest.ts";
import type { SealedChange } from "../../../src/domain/protocol/sealed-change.ts";
import { PADDED_LENGTHS, TOMBSTONE_LENGTH } from "../../../src/domain/protocol/sealed-envelope.ts";
import { formatUtc } from "../../../src/domain/time/timestamp.ts";
import { openChange } from "../../../src/sealing/open-change.ts";
import { sealChange } from "../../../src/sealing/seal-change.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { connect } from "../../helpers/postgres/postgres-databases.ts";
import { startTestServer, type TestServer } from "../../helpers/server/http-server.ts";
import {
  envelopeOf,
  junkChange,
  type SealedDevice,
  sealedDevice,
} from "../../helpers/sync/sealed-account.ts";
import { deletion, moodChange } from "../../helpers/sync/sync-server.ts";

let server: TestServer;
let sql: postgres.Sql;
beforeAll(async () => {
  const url = await createTestDatabase();
  server = await startTestServer(url);
  sql = connect(url);
});
afterAll(async () => {
  await server.close();
  await sql.end();
});

/** A device of a new account, which is sealed. */
async function sealedAccount() {
  const account = await server.newAccount();
  const device = sealedDevice(server, account);
  expect(await device.found()).toMatchObject({ status: 200 });
  return { ...account, device };
}

/** Every row that the account has, of whatever generation. */
async function rowsOf(userId: string): Promise<string> {
  const tables = ["users", "uploads", "sealed_entities", "sealed_history", "mood_entries", "entity_history"];
  const rows = await Promise.all(
    tables.map(
      (table) => sql`
        select coalesce(jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text), '[]')::text as rows
        from ${sql(table)} as t
        where ${sql(table === "users" ? "id" : "user_id")} = ${userId}`,
    ),
  );
  return rows.map(([row]) => row!.rows).join("\n");
}

async function expectBytesCounted(userId: string): Promise<void> {
  const [row] = await sql`
    select stored_bytes::integer as noted, account_bytes(id)::integer as counted from users where id = ${userId}`;
  expect(row!.noted).toBe(row!.counted);
}

const opened = (device: SealedDevice, changes: SealedChange[]) =>
  changes.map((change) => openChange(device.keys, change));

describe("a sealed account", () => {
  test("gives its devices what they sealed, merged by the rule of plain ones", async () => {
    const { device, ...account } = await sealedAccount();
    const phone = sealedDevice(server, account, { like: device });
    const now = Date.now() - 60_000;
    const [kept, edited, removed] = [moodChange(), moodChange({ updatedAtMs: now }), moodChange()];
    const first = await device.upload(
      [kept, edited, removed].map((one) => ({ ...one, base_updated_at: null })),
    );
    expect(first).toMatchObject({ status: 200, body: { generation: 1, conflicts: [] } });

    const edit = moodChange({ id: edited.id, note: "edited", updatedAtMs: now + 2 });
    const removal = deletion(removed.id);
    const second = await phone.upload([{ ...edit, base_updated_at: edited.updated_at }, removal], {
      client_cursor: first.body.head_cursor,
    });
    expect(second.body).toMatchObject({ conflicts: [], server_cursor: second.body.head_cursor });

    const late = moodChange({ id: edited.id, note: "late", updatedAtMs: now + 1 });
    const third = await device.upload([{ ...late, base_updated_at: edited.updated_at }, edited]);
    const sealedId = sealChange(device.keys, edited)!.id;
    const { base_updated_at, ...standing } = sealChange(device.keys, edit)!;
    const shown = { id: sealedId, server_change: standing, server_device_id: phone.deviceId };
    expect(third.body).toMatchObject({
      applied_ids: [],
      conflicts: [
        { ...shown, reason: "stale_base" },
        { ...shown, reason: "superseded" },
      ],
    });

    const page = await phone.download(null);
    expect(page.body).toMatchObject({ generation: 1, has_more: false, deletions_ahead: 1 });
    expect(opened(phone, page.body.changes)).toEqual([kept, edit, removal]);
    const history = await phone.ask("GET", `/v1/sealed/history/${sealedId}`);
    expect(history.body.versions.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      "current",
      "lost",
      "replaced",
    ]);
    expect(opened(phone, history.body.versions)).toEqual([edit, late, edited]);
    expect(history.body.versions.map((one: { device_id: string }) => one.device_id)).toEqual([
      phone.deviceId,
      device.deviceId,
      device.deviceId,
    ]);
    await expectBytesCounted(account.userId);
  });

  test("takes the same version again without storing anything", async () => {
    const { device, userId } = await sealedAccount();
    const change = moodChange({ updatedAtMs: Date.now() - 60_000 });
    const first = await device.upload([change]);
    const before = await rowsOf(userId);
    const again = await device.upload([change]);
    expect(again.body).toEqual({ ...first.body, server_time: again.body.server_time });
    expect(await rowsOf(userId)).toBe(before);
  });

  test("keeps several versions of one entity in one upload, each in history as it was", async () => {
    const { device, userId } = await sealedAccount();
    const at = Date.now() - 60_000;
    const versions = [0, 1, 2].map((step) =>
      moodChange({ id: "3f9c2a1b-7d4e-4f60-8a1b-2c3d4e5f6071", note: `${step}`, updatedAtMs: at + step }),
    );
    await device.upload(versions.slice(0, 1));
    await device.upload(versions.slice(1));
    const { id } = sealChange(device.keys, versions[0]!)!;
    const history = await device.ask("GET", `/v1/sealed/history/${id}`);
    expect(opened(device, history.body.versions)).toEqual(versions.toReversed());
    await expectBytesCounted(userId);
  });

  test("has a digest of its envelopes, which notices one that rotted", async () => {
    const { device, userId } = await sealedAccount();
    const changes = Array.from({ length: 40 }, (_, index) => moodChange({ note: `${index}` }));
    const { body } = await device.upload([...changes, deletion(randomUUID())]);
    const hashes = await sql<{ content_hash: string }[]>`
      select content_hash from sealed_entities where user_id = ${userId} and not deleted`;
    const digest = await device.ask("GET", "/v1/sealed/digest");
    expect(digest.body).toEqual({
      generation: 1,
      key_id: device.keys.keyId,
      server_cursor: body.head_cursor,
      ...digestOf(hashes.map(({ content_hash }) => content_hash)),
      tombstones: 1,
    });
    await sql`
      update sealed_entities set envelope = set_byte(envelope, 300, get_byte(envelope, 300) # 1)
      where user_id = ${userId} and seq = 2`;
    const rotten = await device.ask("GET", "/v1/sealed/digest");
    expect(rotten.body).toMatchObject({ count: 40 });
    expect(rotten.body.checksum).not.toBe(digest.body.checksum);
  });

  test("is downloaded in pages by the bytes of base64, each version once", async () => {
    const { device } = await sealedAccount();
    const large = Array.from({ length: 60 }, () => junkChange(envelopeOf(98_304)));
    for (let at = 0; at < 60; at += 30) await device.upload(large.slice(at, at + 30));
    const seen: string[] = [];
    const lengths: number[] = [];
    for (let since: string | null = null, more = true; more; ) {
      const { body } = await device.download(since);
      seen.push(...body.changes.map(({ id }: SealedChange) => id));
      lengths.push(body.changes.length);
      since = body.server_cursor;
      more = body.has_more;
    }
    expect(seen).toEqual(large.map(({ id }) => id));
    // 98,337 bytes are 131,116 characters of base64.
    expect(lengths).toEqual([31, 29]);
  });

  test("lists the versions of an entity page by page", async () => {
    const { device } = await sealedAccount();
    const at = Date.now() - 60_000;
    const versions = Array.from({ length: 40 }, (_, step) =>
      junkChange(envelopeOf(98_304), {
        id: "4455b895-95ba-873f-b28b-8e47f458e901",
        updated_at: formatUtc(at + step),
      }),
    );
    await device.upload(versions);
    const first = await device.ask("GET", `/v1/sealed/history/${versions[0]!.id}`);
    const rest = await device.ask("GET", `/v1/sealed/history/${versions[0]!.id}?after=${first.body.next}`);
    expect([first.body.versions.length, rest.body.versions.length, rest.body.next]).toEqual([
      31,
      9,
      undefined,
    ]);
    const times = [...first.body.versions, ...rest.body.versions].map((one: SealedChange) => one.updated_at);
    expect(times).toEqual(versions.map(({ updated_at }) => updated_at).toReversed());
    const unknown = await device.ask("GET", `/v1/sealed/history/${randomUUID()}`);
    expect([unknown.status, unknown.body.code]).toEqual([404, "not_found"]);
  });
});

describe("of one upload", () => {
  test("an envelope is taken with a listed length only, and the others do not suffer", async () => {
    const { device, userId } = await sealedAccount();
    const around = PADDED_LENGTHS.flatMap((length) => [length - 1, length, length + 1]);
    const live = around.map((length) => ({ length, change: junkChange(envelopeOf(length)) }));
    const dead = [TOMBSTONE_LENGTH - 1, TOMBSTONE_LENGTH, TOMBSTONE_LENGTH + 1, 511, 512, 98_304].map(
      (length) => ({ length, change: junkChange(envelopeOf(length), { deleted: true }) }),
    );
    const short = { length: TOMBSTONE_LENGTH, change: junkChange(envelopeOf(TOMBSTONE_LENGTH)) };
    const sent = [...live, ...dead, short];
    const isListed = ({ length, change }: (typeof sent)[number]) =>
      PADDED_LENGTHS.includes(length) || (change.deleted && length === TOMBSTONE_LENGTH);
    const { status, body } = await device.upload(sent.map(({ change }) => change));
    expect(status).toBe(200);
    expect(body.applied_ids).toEqual(sent.filter(isListed).map(({ change }) => change.id));
    const rejected = sent
      .filter((one) => !isListed(one))
      .map(({ change }) => ({
        id: change.id,
        reason: "invalid",
        detail: "envelope must have one of the padded lengths",
      }));
    expect(body.conflicts).toEqual(rejected);
    await expectBytesCounted(userId);
  });

  test.each([
    ["of another format", envelopeOf(512, { format: 2 }), "envelope must have the format of the account"],
    [
      "of another generation",
      envelopeOf(512, { generation: 2 }),
      "envelope must be of the account's generation",
    ],
    ["shorter than a header", "AQAAAAE=", "envelope must have a header and a tag"],
    ["in base64url", envelopeOf(512).replaceAll("=", ""), "envelope must be base64 in its one form"],
    ["empty", "", "envelope must have a header and a tag"],
  ])("an envelope %s is rejected alone", async (_, envelope, detail) => {
    const { device } = await sealedAccount();
    const [good, bad] = [junkChange(envelopeOf(512)), junkChange(envelope)];
    const { body } = await device.upload([bad, good]);
    expect(body).toMatchObject({
      applied_ids: [good.id],
      conflicts: [{ id: bad.id, reason: "invalid", detail }],
    });
  });

  test("a change that says anything in the clear makes the server refuse it whole", async () => {
    const { device, userId } = await sealedAccount();
    const before = await rowsOf(userId);
    const good = junkChange(envelopeOf(512));
    for (const leak of [{ entity_type: "MoodEntry" }, { data: null }, { id: randomUUID() }]) {
      const { status, body } = await device.upload([good, { ...good, ...leak } as SealedChange]);
      expect([leak, status, body.code]).toEqual([leak, 400, "malformed"]);
    }
    expect(await rowsOf(userId)).toBe(before);
  });

  test("a clock that is ahead is rejected", async () => {
    const { device } = await sealedAccount();
    const ahead = junkChange(envelopeOf(512), { updated_at: formatUtc(Date.now() + 3_600_000) });
    const { body } = await device.upload([ahead]);
    expect(body).toMatchObject({ applied_ids: [], conflicts: [{ id: ahead.id, reason: "clock_skew" }] });
  });
});

describe("a request of another generation or key", () => {
  test("changes and reads nothing, whatever else is wrong with it", async () => {
    const { device, userId, apiKey } = await sealedAccount();
    const account = { userId, apiKey };
    await device.upload([moodChange()]);
    const { body: sealing } = await device.ask("GET", "/v1/sealing");
    const before = await rowsOf(userId);
    const others = [
      sealedDevice(server, account), // another key
      sealedDevice(server, account, { generation: 2 }),
      { ...device, upload: plainGeneration(device).upload, download: plainGeneration(device).download },
    ];
    for (const other of others) {
      const answers = [
        await other.upload([junkChange(envelopeOf(512, { generation: other.keys.generation }))]),
        await other.upload([junkChange("?")], { client_cursor: "unknown" }),
        await other.download(null),
        await other.download("unknown"),
      ];
      for (const { status, body } of answers) {
        expect([status, body.code, body.sealing]).toEqual([409, "generation_changed", sealing]);
        expect(body).not.toHaveProperty("changes");
      }
    }
    expect(await rowsOf(userId)).toBe(before);
  });

  test("is what a plain account takes every sealed one for", async () => {
    const account = await server.newAccount();
    const device = sealedDevice(server, account);
    const answers = [
      await device.upload([moodChange()]),
      await device.download(null),
      await device.ask("GET", "/v1/sealed/digest"),
      await device.ask("GET", "/v1/sealed/history/4455b895-95ba-873f-b28b-8e47f458e901"),
    ];
    for (const { status, body } of answers) {
      expect([status, body.code, body.sealing.generation]).toEqual([409, "generation_changed", 0]);
    }
  });

  test("is one of before a founding: its cursors are not of the account's past", async () => {
    const { device, ...account } = await sealedAccount();
    const { body } = await device.upload([moodChange()]);
    const next = sealedDevice(server, account, { generation: 2 });
    expect(await next.found({ client_cursor: body.head_cursor })).toMatchObject({ status: 200 });
    const old = body.head_cursor;
    for (const refused of [
      await next.download(old),
      await next.download(null, { seen: old }),
      await next.upload([moodChange()], { client_cursor: old }),
    ]) {
      expect(refused).toMatchObject({
        status: 409,
        body: { code: "resync_required", reason: "unknown_cursor" },
      });
    }
    const fresh = await next.download(null);
    expect(fresh.body).toMatchObject({ changes: [], has_more: false, deletions_ahead: 0 });
    expect(await next.download(fresh.body.server_cursor)).toMatchObject({ status: 200 });
  });
});

/** The device as one that seals with generation 0, which is plain. */
function plainGeneration(device: SealedDevice) {
  return {
    upload: (changes: readonly SealedChange[], more = {}) =>
      device.upload(changes, { ...more, generation: 0 }),
    download: (since: string | null, more = {}) => device.download(since, { ...more, generation: 0 }),
  };
}
