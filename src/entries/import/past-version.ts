import * as z from "zod";
import type { Entity } from "../../domain/entities/entity.ts";
import { ENTITY_TYPES } from "../../domain/entities/entity-type.ts";
import { parseEntity } from "../../domain/entities/parse-entity.ts";
import { isUuid } from "../../domain/identifiers.ts";
import { formatUtc, parseTimestamp } from "../../domain/time/timestamp.ts";
import { contentHash, tombstoneHash } from "../../domain/versions/canonical.ts";
import type { HistoryEnding, PastVersion } from "../../local/versions/history.ts";

/** A past version, and how it ended. */
export interface EndedVersion {
  version: PastVersion;
  ending: HistoryEnding;
}

const id = z.string().refine(isUuid);
const timeMs = z.string().transform((text, context) => {
  const time = parseTimestamp(text);
  if (time) return time.ms;
  context.addIssue({ code: "custom" });
  return z.NEVER;
});
const hash = z.string().regex(/^[0-9a-f]{16}$/);

const PAST_VERSION = z.object({
  entity_type: z.enum(ENTITY_TYPES),
  id,
  updated_at: timeMs,
  deleted: z.boolean(),
  outcome: z.enum(["replaced", "lost", "merged"]),
  reason: z.string().max(64).nullish(),
  winner_hash: hash.nullish(),
  winner_device_id: id.nullish(),
  stored_at: timeMs,
  data: z.unknown(),
});

/** Checks a version of our own export; null for what is none. Its hash is that of what it holds. */
export function parsePastVersion(given: unknown): EndedVersion | null {
  const parsed = PAST_VERSION.safeParse(given);
  if (!parsed.success) return null;
  const { entity_type: entityType, deleted, data, ...fields } = parsed.data;
  const content = data === null || data === undefined ? null : parseEntity(entityType, data);
  if (content ? content.status === "invalid" || content.entity.id !== fields.id : !deleted) return null;
  const entity = content?.status === "valid" ? (content.entity as Entity) : null;
  return {
    version: {
      entityType,
      id: fields.id,
      updatedAtMs: fields.updated_at,
      contentHash: deleted
        ? tombstoneHash(entityType, fields.id, formatUtc(fields.updated_at))
        : contentHash(entity!),
      deleted,
      content: entity,
    },
    ending: {
      outcome: fields.outcome,
      ...(fields.reason ? { reason: fields.reason } : {}),
      ...(fields.winner_hash ? { winnerHash: fields.winner_hash } : {}),
      ...(fields.winner_device_id ? { winnerDeviceId: fields.winner_device_id } : {}),
      nowMs: fields.stored_at,
    },
  };
}
