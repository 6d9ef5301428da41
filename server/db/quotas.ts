import type { Quotas } from "../accounts/quotas.ts";
import type { Database } from "./pool.ts";

/** Notes what accounts may take, for `admin user list`, which runs apart from the server. */
export async function storeQuotas(db: Database, { bytes, keys, devices }: Quotas): Promise<void> {
  await db.run(
    (sql) => sql`
      insert into quotas (bytes, keys, devices)
      values (${bytes}, ${keys}, ${devices})
      on conflict (is_only) do update
      set bytes = excluded.bytes, keys = excluded.keys, devices = excluded.devices`,
  );
}
