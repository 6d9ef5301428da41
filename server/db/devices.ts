import type { RegisteredDevice } from "../../src/domain/protocol/registered-device.ts";
import type { AskedGeneration } from "../sync/generation.ts";
import { isValidKey, RevokedKey } from "./api-keys.ts";
import type { Database } from "./pool.ts";
import { base64 } from "./sealed-store/sealed-row.ts";

interface RawDevice {
  id: string;
  label: string | null;
  created_at: Date;
  last_seen_at: Date;
  sealed_label: string | null;
  generation: number | null;
  is_sealed: boolean;
}

/** The columns of a {@link RawDevice} as a select list over `devices` and `users`. */
const DEVICE_COLUMNS = `
  devices.id,
  devices.label,
  devices.created_at,
  devices.last_seen_at,
  ${base64("devices.sealed_label")} as sealed_label,
  devices.generation,
  users.key_id is not null as is_sealed`;

/** All devices of the user, oldest first. */
export async function listDevices(db: Database, userId: string): Promise<RegisteredDevice[]> {
  const rows = await db.run<RawDevice>((sql) => sql.unsafe(LIST_DEVICES, [userId]));
  return rows.map(toDevice);
}

const LIST_DEVICES = `
  select ${DEVICE_COLUMNS}
  from devices
  join users on users.id = devices.user_id
  where devices.user_id = $1::uuid
  order by devices.created_at, devices.id`;

/** Whether the caller's key is valid, and whether the device is known or there is room for it.
 *  $1 the user, $2 the device, $3 the key, $4 the most devices. */
const ADMISSION = `
  admission as (
    select
      ${isValidKey("$1", "$3")} as is_valid,
      exists (select from devices where user_id = $1::uuid and id = $2::uuid)
        or (select count(*) from devices where user_id = $1::uuid) < $4::integer as is_left
  )`;

/** A label in the clear is for plain accounts, one that is sealed for those of its generation. $5 the one, $6 the other in
 *  base64, $7 its generation; null: none. */
const LABEL_DEVICE = `
  with ${ADMISSION},
  account as (
    select key_id, case
      when $6::text is not null then key_id is not null and generation = $7::bigint
      else key_id is null or $5::text is null
    end as is_fitting
    from users
    where id = $1::uuid
  ),
  devices as (
    insert into devices (user_id, id, label, sealed_label)
    select $1::uuid, $2::uuid, $5::text, decode($6::text, 'base64')
    from admission, account
    where is_valid and is_left and is_fitting
    on conflict (user_id, id) do update
    set label = excluded.label, sealed_label = excluded.sealed_label
    returning id, label, sealed_label, generation, created_at, last_seen_at
  )
  select admission.*, users.is_fitting, ${DEVICE_COLUMNS}
  from admission
  cross join account as users
  left join devices on true`;

/** $5 and $6 the generation and the key of a sealed account; null: it is plain. */
const TOUCH_DEVICE = `
  with ${ADMISSION},
  account as (
    select generation
    from users
    where id = $1::uuid and key_id is not distinct from $6::text and ($5::integer is null or generation = $5)
  ),
  touched as (
    insert into devices (user_id, id, generation)
    select $1::uuid, $2::uuid, (select generation from account)
    from admission
    where is_valid and is_left
    on conflict (user_id, id) do update
    set last_seen_at = excluded.last_seen_at, generation = coalesce(excluded.generation, devices.generation)
    where devices.last_seen_at < now() - interval '1 hour'
      or (excluded.generation is not null and devices.generation is distinct from excluded.generation)
  )
  select admission.*, exists (select from account) as is_of_generation
  from admission`;

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

/** A device's name: in the clear, or as an envelope of a generation. */
export interface DeviceLabel {
  label: string | null;
  sealed: { label: string; generation: number } | null;
}

export type LabelOutcome =
  | { status: "labelled"; device: RegisteredDevice }
  /** The account is plain where the label is sealed, sealed where it is not, or of another generation. */
  | { status: "other_generation" }
  | { status: "too_many" };

/** Registers a device, or gives one another label. Throws {@link RevokedKey}. */
export async function labelDevice(
  db: Database,
  { userId, id, keyId, quota, label, sealed }: DeviceClaim & DeviceLabel,
): Promise<LabelOutcome> {
  const parameters = [userId, id, keyId, quota, label, sealed?.label ?? null, sealed?.generation ?? null];
  const [row] = await db.run<Admission & { is_fitting: boolean } & RawDevice>((sql) =>
    sql.unsafe(LABEL_DEVICE, parameters),
  );
  if (!row!.is_valid) throw new RevokedKey();
  if (!row!.is_fitting) return { status: "other_generation" };
  return row!.is_left ? { status: "labelled", device: toDevice(row!) } : { status: "too_many" };
}

export interface TouchedDevice {
  /** Whether the user has room for it. */
  isKnown: boolean;
  /** Whether the account is of the generation that the device came with, which is noted then. */
  isOfGeneration: boolean;
}

/** Notes that a device syncs, and with which generation, and registers one that is not known. Throws {@link RevokedKey}. */
export async function touchDevice(
  db: Database,
  { userId, id, keyId, quota, generation }: DeviceClaim & { generation: AskedGeneration },
): Promise<TouchedDevice> {
  const sealed = [generation?.generation ?? null, generation?.keyId ?? null];
  const [row] = await db.run<Admission & { is_of_generation: boolean }>((sql) =>
    sql.unsafe(TOUCH_DEVICE, [userId, id, keyId, quota, ...sealed]),
  );
  if (!row!.is_valid) throw new RevokedKey();
  return { isKnown: row!.is_left, isOfGeneration: row!.is_of_generation };
}

/** What concerns sealed accounts is left out of plain ones. */
function toDevice({ is_sealed, sealed_label, generation, ...row }: RawDevice): RegisteredDevice {
  return {
    id: row.id,
    label: row.label,
    created_at: row.created_at.toISOString(),
    last_seen_at: row.last_seen_at.toISOString(),
    ...(is_sealed ? { sealed_label, generation } : {}),
  };
}
