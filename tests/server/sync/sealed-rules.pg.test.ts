import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll } from "vitest";
import { migrate } from "../../../server/db/migrate.ts";
import { type Database, openDatabase } from "../../../server/db/pool.ts";
import { createSealedStores } from "../../../server/db/sealed-store/sealed-store.ts";
import { insertUser } from "../../../server/db/users.ts";
import { type Sealed, sealedContent } from "../../../server/sync/sealed-content.ts";
import type { SyncStore } from "../../../server/sync/store.ts";
import { type Version, versionToChange } from "../../../src/domain/versions/version.ts";
import { openChange } from "../../../src/sealing/open-change.ts";
import { sealChange } from "../../../src/sealing/seal-change.ts";
import { newSealingKey } from "../../../src/sealing/sealing-key.ts";
import { deriveSealingKeys, type SealingKeys } from "../../../src/sealing/sealing-keys.ts";
import { createTestDatabase } from "../../helpers/postgres/postgres.ts";
import { connect } from "../../helpers/postgres/postgres-databases.ts";
import { describeSyncRules } from "../../helpers/sync/sync-rules.ts";
import { accountThrough } from "../../helpers/sync/sync-server.ts";

const secret = newSealingKey();
const keysOf = (accountId: string): SealingKeys => deriveSealingKeys(secret, { accountId, generation: 1 });

let db: Database;
let storesOf: ReturnType<typeof createSealedStores>;
let sql: postgres.Sql;
beforeAll(async () => {
  const url = await createTestDatabase();
  await migrate({ url });
  db = openDatabase({ url, prepare: true });
  storesOf = createSealedStores(db);
  sql = connect(url);
});
afterAll(async () => {
  await db.close();
  await sql.end();
});

const storeOf = (userId: string) => storesOf(keysOf(userId));

/** A device that seals what it sends and opens what comes. */
function sealedAccount(store: SyncStore<Sealed>, userId: string) {
  const keys = keysOf(userId);
  const nameById = new Map<string, { entity_type: string; id: string }>();
  return accountThrough(store, userId, {
    send(change) {
      const sealed = sealChange(keys, change)!;
      nameById.set(sealed.id, { entity_type: change.entity_type, id: change.id });
      return sealed;
    },
    receive: (change) => openChange(keys, change),
    receiveId: (id) => nameById.get(id)!.id,
    receiveConflict: ({ server_change, ...conflict }) => ({
      ...conflict,
      ...nameById.get(conflict.id)!,
      ...(server_change ? { server_change: openChange(keys, server_change) } : {}),
    }),
  });
}

function toStored(userId: string, version: Version): Sealed["version"] {
  const keys = keysOf(userId);
  const parsed = sealedContent(keys).parse(sealChange(keys, versionToChange(version))!);
  if (parsed.status !== "valid") throw new Error(JSON.stringify(parsed));
  return parsed.version;
}

describeSyncRules("PostgreSQL, sealed", { readsContent: false }, () => ({
  storeOf,
  accountOn: sealedAccount,
  toStored,
  newAccount: async () => {
    const userId = randomUUID();
    await insertUser(db, userId);
    await sql`update users set generation = 1, key_id = ${keysOf(userId).keyId} where id = ${userId}`;
    return sealedAccount(storeOf(userId), userId);
  },
  purge: null,
  restore: async (userId, uploads) => {
    await sql`
      delete from uploads
      where user_id = ${userId} and first_seq not in (
        select first_seq from uploads where user_id = ${userId} order by first_seq limit ${uploads}
      )`;
    await sql`
      update users
      set sync_seq = (select coalesce(max(last_seq), 0) from uploads where user_id = ${userId})
      where id = ${userId}`;
    await sql`
      delete from sealed_entities
      where user_id = ${userId} and seq > (select sync_seq from users where id = ${userId})`;
  },
  history: async (userId) => {
    const rows = await sql<{ id: string; at: Date; deleted: boolean; envelope: Buffer; outcome: string }[]>`
      select id, updated_at as at, deleted, envelope, outcome from sealed_history where user_id = ${userId}`;
    return rows
      .map(({ id, at, deleted, envelope, outcome }): [string, string | null] => {
        const sealed = { id, updated_at: at.toISOString(), deleted, envelope: envelope.toString("base64") };
        const { data } = openChange(keysOf(userId), sealed);
        return [outcome, (data as { note: string } | null)?.note ?? null];
      })
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  },
}));
