import { ENTITY_TYPES, type EntityType } from "../../domain/entities/entity-type.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { ImportItem } from "../../entries/import/draft.ts";
import { type JsonElement, jsonElements } from "../reading/json-elements.ts";
import { jsonLines } from "../reading/json-lines.ts";
import { isObject } from "../reading/json-value.ts";
import type { Content, Format } from "./format.ts";

/** The version that `export` writes. */
const VERSION = 1;

const ENTITY_TYPE_BY_LIST = new Map<string, EntityType>([
  ["activities", "Activity"],
  ["mood_entries", "MoodEntry"],
  ["assessments", "AssessmentEntry"],
  ["schedules", "Schedule"],
]);

/** The list of versions that no longer stand. */
const HISTORY = "history";

/** What `moodsync export` writes: every entity as it is. */
export const MOODSYNC: Format = {
  name: "moodsync",
  title: "moodsync's own export",
  detect: (content) =>
    content.kind === "export" ||
    content.kind === "export lines" ||
    (content.kind === "json" && isObject(content.value) && content.value.format === "moodsync-export"),
  read(content) {
    if (content.kind === "export lines") return { items: entitiesOfLines(content.bytes()) };
    requireKnownVersion(content);
    return { items: entities(content) };
  },
};

function* entities(content: Content): Generator<ImportItem, void> {
  const numbers = new Map<string, number>();
  for (const { path, value } of elementsOf(content)) {
    const [root, list = HISTORY] = path;
    if (root !== "entities" && root !== HISTORY) continue;
    const item = (numbers.get(list) ?? 0) + 1;
    numbers.set(list, item);
    if (root === HISTORY) {
      yield { kind: "past version", place: { item, list }, version: value };
      continue;
    }
    const entityType = ENTITY_TYPE_BY_LIST.get(list);
    if (entityType) yield { kind: "entity", place: { item, list }, entityType, entity: value };
    else yield { kind: "skipped", what: "entities of an unknown type" };
  }
}

function* entitiesOfLines(bytes: Iterable<Buffer>): Generator<ImportItem, void> {
  for (const { line, value } of jsonLines(bytes)) {
    if (!isObject(value) || typeof value.entity_type !== "string") {
      yield {
        kind: "problem",
        place: { line },
        code: "no_entity",
        message: "The line is no entity; the file is damaged or was not written to its end.",
      };
      continue;
    }
    const { entity_type: type, ...entity } = value;
    const entityType = ENTITY_TYPES.find((known) => known === type);
    if (entityType) yield { kind: "entity", place: { line }, entityType, entity };
    else yield { kind: "skipped", what: "entities of an unknown type" };
  }
}

/** Looked for in all of the file, because another program may have put its keys in another order. */
function requireKnownVersion(content: Content): void {
  let version: unknown;
  let hasEntities = false;
  for (const { path, value } of elementsOf(content)) {
    if (path.length === 1 && path[0] === "version") version = value;
    if (path[0] === "entities") hasEntities = true;
    if (version !== undefined && hasEntities) break;
  }
  if (version === VERSION) return;
  if (typeof version === "number" && version > VERSION) {
    throw new MoodsyncError("invalid_input", "The export was written by a newer version of moodsync.", {
      hint: "Update moodsync on this device. Nothing was changed.",
    });
  }
  throw new MoodsyncError("invalid_input", "The export does not say which version it is of.", {
    hint: "Export it again. Nothing was changed.",
  });
}

function elementsOf(content: Content): Iterable<JsonElement> {
  if (content.kind === "export") return jsonElements(content.bytes());
  return content.kind === "json" && isObject(content.value) ? elementsOfValue(content.value) : [];
}

function* elementsOfValue(value: Record<string, unknown>): Generator<JsonElement, void> {
  for (const [key, inner] of Object.entries(value)) {
    if (Array.isArray(inner)) for (const element of inner) yield { path: [key], value: element };
    else if (!isObject(inner)) yield { path: [key], value: inner };
    else
      for (const [list, elements] of Object.entries(inner))
        if (Array.isArray(elements))
          for (const element of elements) yield { path: [key, list], value: element };
  }
}
