import { isValidKey, RevokedKey } from "./api-keys.ts";
import type { Database } from "./pool.ts";

/** A device that has synced or was registered. */
export interface DeviceRow {
  id: string;
  label: string | null;
  created_at: string;
  /** To the hour. */
  last_seen_at: string;
}

interface RawDevice {
  id: string;
  label: string | null;
  created_at: Date;
  last_seen_at: Date;
}

/** All devices of the user, oldest first. */
export async function listDevices(db: Database, userId: string): Promise<DeviceRow[]> {
  const rows = await db.run<RawDevice>(
    (sql) => sql`
      select id, label, created_at, last_seen_at
      from devices
      where user_id = ${userId}
      order by created_at, id`,
  );
  return rows.map(toDeviceRow);
}

/** Whether the caller's key is valid, and whether the device is known or there is room for it.
 *  $1 the user, $2 the device, $3 the key, $4 the most devices. */
const ADMISSION = `
  admission as (
    select
      ${isValidKey("$1", "$3")} as is_valid,
      exists (select from devices where user_id = $1::uuid and id = $2::uuid)
        or (select count(*) from devices where user_id = $1::uuid) < $4::integer as is_left
  )`;

const LABEL_DEVICE = `
  with ${ADMISSION},
  labelled as (
    insert into devices (user_id, id, label)
    select $1::uuid, $2::uuid, $5::text
    from admission
    where is_valid and is_left
    on conflict (user_id, id) do update
    set label = excluded.label
    returning id, label, created_at, last_seen_at
  )
  select admission.*, labelled.*
  from admission
  left join labelled on true`;

const TOUCH_DEVICE = `
  with ${ADMISSION},
  touched as (
    insert into devices (user_id, id)
    select $1::uuid, $2::uuid
    from admission
    where is_valid and is_left
    on conflict (user_id, id) do update
    set last_seen_at = excluded.last_seen_at
    where devices.last_seen_at < now() - interval '1 hour'
  )
  select * from admission`;

interface Admission {
  is_valid: boolean;
  is_left: boolean;
}

/** Whose device it is, the key that names it, and how many devices the user may have. */
export interface DeviceClaim {
  userId: string;
  id: string;
  keyId: string;
  quota: number;
}

/** Registers a device, or gives one another label; null when the user has too many. Throws {@link RevokedKey}. */
export async function labelDevice(
  db: Database,
  { userId, id, keyId, quota, label }: DeviceClaim & { label: string | null },
): Promise<DeviceRow | null> {
  const [row] = await db.run<Admission & RawDevice>((sql) =>
    sql.unsafe(LABEL_DEVICE, [userId, id, keyId, quota, label]),
  );
  if (!row!.is_valid) throw new RevokedKey();
  return row!.is_left ? toDeviceRow(row!) : null;
}

/** Notes that a device syncs, and registers one that is not known; false when the user has too many. Throws
 *  {@link RevokedKey}. */
export async function touchDevice(db: Database, { userId, id, keyId, quota }: DeviceClaim): Promise<boolean> {
  const [row] = await db.run<Admission>((sql) => sql.unsafe(TOUCH_DEVICE, [userId, id, keyId, quota]));
  if (!row!.is_valid) throw new RevokedKey();
  return row!.is_left;
}

function toDeviceRow(row: RawDevice): DeviceRow {
  return {
    id: row.id,
    label: row.label,
    created_at: row.created_at.toISOString(),
    last_seen_at: row.last_seen_at.toISOString(),
  };
}
