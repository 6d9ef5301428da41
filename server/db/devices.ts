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

/** Registers a device, or gives one another label. */
export async function labelDevice(
  db: Database,
  { userId, id, label }: { userId: string; id: string; label: string | null },
): Promise<DeviceRow> {
  const [row] = await db.run<RawDevice>(
    (sql) => sql`
      insert into devices (user_id, id, label)
      values (${userId}, ${id}, ${label})
      on conflict (user_id, id) do update
      set label = excluded.label
      returning id, label, created_at, last_seen_at`,
  );
  return toDeviceRow(row!);
}

/** Notes that a device has synced; registers one that is not known. */
export async function touchDevice(
  db: Database,
  { userId, id }: { userId: string; id: string },
): Promise<void> {
  await db.run(
    (sql) => sql`
      insert into devices (user_id, id)
      values (${userId}, ${id})
      on conflict (user_id, id) do update
      set last_seen_at = excluded.last_seen_at
      where devices.last_seen_at < now() - interval '1 hour'`,
  );
}

function toDeviceRow(row: RawDevice): DeviceRow {
  return {
    id: row.id,
    label: row.label,
    created_at: row.created_at.toISOString(),
    last_seen_at: row.last_seen_at.toISOString(),
  };
}
