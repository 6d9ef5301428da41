import type Database from "better-sqlite3";
import type { EntityType } from "../domain/entities/entity-type.ts";
import { formatUtc } from "../domain/time/timestamp.ts";
import { eachEntity } from "../local/queries/list-rows.ts";
import { eachPastVersion } from "../local/versions/history.ts";
import { printableJson } from "../output/terminal-text.ts";
import type { Piece } from "./piece.ts";

/** Everything of this device in wire shape: `{format, version, entities}`. `version` grows when the shape changes. */
const FORMAT = { format: "moodsync-export", version: 1 };

/** What the lists of an export are called, in their order. */
const LIST_NAMES: readonly (readonly [name: string, entityType: EntityType])[] = [
  ["activities", "Activity"],
  ["mood_entries", "MoodEntry"],
  ["assessments", "AssessmentEntry"],
  ["schedules", "Schedule"],
];

export interface JsonOptions {
  /** Adds the deleted entities whose content is known here. */
  deleted: boolean;
  /** Adds `history`: every version that was replaced or lost. */
  history: boolean;
}

/** An export as JSON, an entity a line: the live entities, each kind sorted by id. */
export function* jsonExport(
  db: Database.Database,
  { deleted, history }: JsonOptions,
): Generator<Piece, void> {
  yield { text: `${JSON.stringify(FORMAT).slice(0, -1)},"entities":{`, entries: 0 };
  for (const [index, [name, entityType]] of LIST_NAMES.entries()) {
    yield { text: `${index === 0 ? "" : ","}\n"${name}":[`, entries: 0 };
    yield* listed(eachEntity(db, entityType, { deleted, orderBy: "id" }), (entity) => entity);
  }
  yield { text: "}", entries: 0 };
  if (history) {
    yield { text: ',\n"history":[', entries: 0 };
    for (const { text } of listed(eachPastVersion(db), pastVersionJson)) yield { text, entries: 0 };
  }
  yield { text: "}\n", entries: 0 };
}

/** An entity a line, with its `entity_type`, as `list --jsonl` prints them. */
export function* jsonLinesExport(
  db: Database.Database,
  { deleted }: Pick<JsonOptions, "deleted">,
): Generator<Piece, void> {
  for (const [, entityType] of LIST_NAMES) {
    for (const entity of eachEntity(db, entityType, { deleted, orderBy: "id" })) {
      yield { text: `${printableJson({ entity_type: entityType, ...entity })}\n`, entries: 1 };
    }
  }
}

/** The values of a list and its end; its beginning is written. */
function* listed<T>(values: Iterable<T>, toJson: (value: T) => object): Generator<Piece, void> {
  let before = "\n";
  for (const value of values) {
    yield { text: `${before}${printableJson(toJson(value))}`, entries: 1 };
    before = ",\n";
  }
  yield { text: before === "\n" ? "]" : "\n]", entries: 0 };
}

/** Not with it: which command replaced the version, because commands are of this device alone. */
function pastVersionJson(
  past: ReturnType<typeof eachPastVersion> extends Iterable<infer T> ? T : never,
): object {
  return {
    entity_type: past.entityType,
    id: past.id,
    updated_at: formatUtc(past.updatedAtMs),
    deleted: past.deleted,
    outcome: past.outcome,
    reason: past.reason,
    winner_hash: past.winnerHash,
    winner_device_id: past.winnerDeviceId,
    stored_at: formatUtc(past.storedAtMs),
    data: past.content,
  };
}
