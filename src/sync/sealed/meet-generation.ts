import type { MoodsyncError } from "../../domain/moodsync-error.ts";
import { SEAL_FORMAT } from "../../domain/protocol/sealed-envelope.ts";
import type { SealingInfo } from "../../domain/protocol/sealing-info.ts";
import { opensFoundingRecord } from "../../sealing/founding-record.ts";
import type { SealingKey } from "../../sealing/sealing-key.ts";
import { deriveSealingKeys, type SealingKeys } from "../../sealing/sealing-keys.ts";
import {
  badRecord,
  keyChanged,
  laterFormat,
  sealedAccount,
  unsealed,
  wrongSealingKey,
} from "./sealing-errors.ts";

/** What a device is pinned to: a generation of a sealed account. Null: its account is plain. */
export type Pin = { generation: number; keyId: string } | null;

/** What a device does where its server names another generation than it is pinned to. `take_over`: it has the key of that
 *  one. `went_back`: the server forgot the generation that the device is pinned to. */
export type Meeting =
  | { do: "work" }
  | { do: "take_over"; keys: SealingKeys; key: SealingKey }
  | { do: "went_back" }
  | { do: "stop"; error: MoodsyncError };

/** Decides what a server's word on the kind of an account means to a device. No word makes a device that is pinned send
 *  anything readable. `keys` are those that the device has, the one in use first. */
export function meetGeneration(
  pin: Pin,
  info: SealingInfo,
  { accountId, keys }: { accountId: string; keys: readonly SealingKey[] },
): Meeting {
  const { generation, key_id: keyId } = info;
  if (keyId === null) {
    if (pin === null) return { do: "work" };
    return generation < pin.generation ? { do: "went_back" } : stop(unsealed());
  }
  if (pin?.generation === generation && pin.keyId === keyId) return { do: "work" };
  if (pin !== null && generation < pin.generation) return { do: "went_back" };
  if (info.format !== SEAL_FORMAT) return stop(laterFormat());
  if (keys.length === 0) return stop(sealedAccount());
  for (const key of keys) {
    const derived = deriveSealingKeys(key, { accountId, generation });
    if (derived.keyId !== keyId) continue;
    return opensFoundingRecord(derived, info) ? { do: "take_over", keys: derived, key } : stop(badRecord());
  }
  return stop(pin === null ? wrongSealingKey() : keyChanged(info.founded_at));
}

function stop(error: MoodsyncError): Meeting {
  return { do: "stop", error };
}
