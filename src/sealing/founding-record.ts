import { decodeEnvelope, SEAL_FORMAT } from "../domain/protocol/sealed-envelope.ts";
import type { SealingInfo } from "../domain/protocol/sealing-info.ts";
import { formatUtc } from "../domain/time/timestamp.ts";
import { openChange } from "./open-change.ts";
import { sealChange } from "./seal-change.ts";
import { sealedId } from "./sealed-id.ts";
import type { SealingKeys } from "./sealing-keys.ts";

const FOUNDING_TYPE = "Founding";

/** Says who founded a generation, from which, and when. */
export interface Founding {
  fromGeneration: number;
  foundedBy: string;
  foundedAtMs: number;
}

/** The record of a founding, in base64: only who has the key can have made it. */
export function sealFoundingRecord(keys: SealingKeys, founding: Founding): string {
  const { accountId, generation } = keys;
  const data = {
    id: accountId,
    generation,
    from_generation: founding.fromGeneration,
    founded_by: founding.foundedBy,
  };
  const updated_at = formatUtc(founding.foundedAtMs);
  const change = { entity_type: FOUNDING_TYPE, id: accountId, updated_at, deleted: false, data };
  return sealChange(keys, change)!.envelope;
}

/** Whether these keys open the record of the generation that a server names, and it says the same. */
export function opensFoundingRecord(keys: SealingKeys, info: SealingInfo): boolean {
  const { accountId, generation, keyId } = keys;
  if (info.format !== SEAL_FORMAT || info.generation !== generation || info.key_id !== keyId) return false;
  if (info.key_check === null || info.founded_at === null || !decodeEnvelope(info.key_check)) return false;
  const id = sealedId(keys, FOUNDING_TYPE, accountId);
  const sealed = { id, updated_at: info.founded_at, deleted: false, envelope: info.key_check };
  const { entity_type, data } = openChange(keys, sealed);
  return entity_type === FOUNDING_TYPE && (data as Record<string, unknown>).generation === generation;
}
