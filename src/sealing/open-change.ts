import { isUuid } from "../domain/identifiers.ts";
import { MAX_BODY_DEPTH, MAX_NAME_CHARACTERS } from "../domain/limits.ts";
import { passedBound } from "../domain/protocol/json-bounds.ts";
import type { SealedChange } from "../domain/protocol/sealed-change.ts";
import { decodeEnvelope } from "../domain/protocol/sealed-envelope.ts";
import type { SyncChange } from "../domain/protocol/sync-change.ts";
import { UNREADABLE_TYPE } from "../domain/protocol/unreadable-change.ts";
import { isStorableText } from "../domain/text/text.ts";
import { timestampToMs } from "../domain/time/timestamp.ts";
import { sealedId } from "./sealed-id.ts";
import { openText } from "./sealed-text.ts";
import type { SealingKeys } from "./sealing-keys.ts";

/** The change in an envelope. What does not open as exactly that version, or holds no change, becomes an
 *  `UnreadableChange`: nothing that the server wrote beside an envelope is ever taken for an entity. */
export function openChange(keys: SealingKeys, sealed: SealedChange): SyncChange {
  const { id, updated_at, deleted, envelope } = sealed;
  const unreadable = { entity_type: UNREADABLE_TYPE, id, updated_at, deleted, data: { envelope } };
  return readSealed(keys, sealed) ?? unreadable;
}

function readSealed(
  keys: SealingKeys,
  { id: givenId, updated_at, deleted, envelope }: SealedChange,
): SyncChange | null {
  const version = { sealedId: givenId, updatedAtMs: timestampToMs(updated_at), deleted };
  const bytes = decodeEnvelope(envelope);
  const text = bytes && openText(keys, version, bytes);
  const content = text && parseJson(text);
  if (!isRecord(content)) return null;
  const { entity_type, data } = content;
  const id = deleted ? content.id : isRecord(data) ? data.id : null;
  if (!isEntityTypeName(entity_type) || !isUuid(id)) return null;
  if (sealedId(keys, entity_type, id) !== givenId) return null;
  return { entity_type, id, updated_at, deleted, data: deleted ? null : data };
}

/** Undefined for what is no JSON, or nested deeper than any server takes. */
function parseJson(text: Buffer): unknown {
  if (passedBound(text, { levels: MAX_BODY_DEPTH, items: Infinity, values: Infinity })) return undefined;
  try {
    return JSON.parse(decode(text));
  } catch {
    return undefined;
  }
}

/** Throws for what is not UTF-8. That decoder takes five times as long, so it looks only at a text in which something was, or
 *  may have been, replaced. */
function decode(bytes: Buffer): string {
  const text = bytes.toString();
  return text.includes("\ufffd") ? UTF_8.decode(bytes) : text;
}

const UTF_8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEntityTypeName(value: unknown): value is string {
  return (
    typeof value === "string" &&
    value !== UNREADABLE_TYPE &&
    value.length > 0 &&
    value.length <= MAX_NAME_CHARACTERS &&
    isStorableText(value)
  );
}
