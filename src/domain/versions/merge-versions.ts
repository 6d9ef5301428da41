import type { Entity } from "../entities/entity.ts";
import { ENTITY_FIELDS } from "../entities/entity-fields.ts";
import type { EntityType } from "../entities/entity-type.ts";
import { MAX_ACTIVITIES, MAX_NOTE_CHARACTERS } from "../limits.ts";
import { characterCount } from "../text/text.ts";
import { formatUtc } from "../time/timestamp.ts";
import { canonicalJson } from "./canonical.ts";
import { liveVersion, tombstone, type Version } from "./version.ts";

/** Merges two versions that were made from the same one. `base` is what both have seen, null where both
 *  created the entity. The result is `theirs` itself where nothing of mine is left to add; else a version
 *  that is newer than both. */
export function mergeVersions(given: { base: Entity | null; mine: Version; theirs: Version }): Version {
  const { base, mine, theirs } = given;
  const mineIsNewer = mine.updatedAtMs > theirs.updatedAtMs;
  const updatedAtMs = Math.max(mine.updatedAtMs, theirs.updatedAtMs) + 1;
  if (!mine.entity || !theirs.entity) {
    const standing = mineIsNewer ? mine : theirs;
    const isTheirs = standing === theirs || (mine.deleted && theirs.deleted);
    return isTheirs ? theirs : restamp(standing, updatedAtMs);
  }
  const entity = mergeEntities(mine.entityType, {
    base,
    mine: mine.entity,
    theirs: theirs.entity,
    mineIsNewer,
  });
  return canonicalJson(entity) === canonicalJson(theirs.entity)
    ? theirs
    : restamp({ ...theirs, entity }, updatedAtMs);
}

/** The same content as a version of another time. */
export function restamp(version: Version, updatedAtMs: number): Version {
  const { entityType, id, entity } = version;
  if (!entity) return tombstone(entityType, id, updatedAtMs);
  const metadata = { ...entity.metadata, updated_at: formatUtc(updatedAtMs) };
  return liveVersion(entityType, { ...entity, metadata });
}

interface Sides<T> {
  base: T;
  mine: T;
  theirs: T;
  mineIsNewer: boolean;
}

/** The answers and what is derived from them stay together: a score must belong to its answers. */
const SCORED_FIELDS = ["score", "severity", "answers", "source", "instrument_version"];

type Fields = Record<string, unknown>;

/** `theirs` with what mine changed; metadata is theirs. */
function mergeEntities(
  entityType: EntityType,
  sides: { base: Entity | null; mine: Entity; theirs: Entity; mineIsNewer: boolean },
): Entity {
  const { mineIsNewer } = sides;
  const [base, mine, theirs] = [sides.base ?? {}, sides.mine, sides.theirs] as unknown as [
    Fields,
    Fields,
    Fields,
  ];
  const merged: Fields = {};
  const set = (name: string, value: unknown) => {
    if (value !== undefined)
      Object.defineProperty(merged, name, { value, enumerable: true, configurable: true, writable: true });
  };
  for (const name of fieldNames(entityType, mine, theirs)) {
    const field = { base: base[name], mine: mine[name], theirs: theirs[name], mineIsNewer };
    if (name === "note") set(name, mergeNotes(field as Sides<string | null | undefined>));
    else if (name === "activities") set(name, mergeActivities(field as Sides<string[] | undefined>));
    else if (!SCORED_FIELDS.includes(name)) set(name, pickChanged(field));
  }
  if (entityType === "AssessmentEntry") {
    const scored = (fields: Fields) => SCORED_FIELDS.map((name) => fields[name]);
    const picked = pickChanged({
      base: sides.base ? scored(base) : undefined,
      mine: scored(mine),
      theirs: scored(theirs),
      mineIsNewer,
    });
    SCORED_FIELDS.forEach((name, index) => {
      set(name, (picked as unknown[])[index]);
    });
  }
  return { ...merged, metadata: sides.theirs.metadata } as unknown as Entity;
}

function fieldNames(entityType: EntityType, mine: Fields, theirs: Fields): string[] {
  const names = [...Object.keys(ENTITY_FIELDS[entityType]), ...Object.keys(theirs), ...Object.keys(mine)];
  return [...new Set(names)].filter((name) => name !== "metadata");
}

/** Changed on one side: that side. On both: the newer version's; at equal times theirs.
 *  Without a base, what only one side has set. */
function pickChanged({ base, mine, theirs, mineIsNewer }: Sides<unknown>): unknown {
  if (isSame(mine, theirs) || isSame(mine, base ?? null)) return theirs;
  if (isSame(theirs, base ?? null)) return mine;
  return mineIsNewer ? mine : theirs;
}

function mergeActivities(sides: Sides<string[] | undefined>): string[] {
  const merged = mergeLists(sides);
  return merged.length <= MAX_ACTIVITIES ? merged : ((sides.mineIsNewer ? sides.mine : sides.theirs) ?? []);
}

/** (theirs ∪ what mine added) \ what mine removed. */
function mergeLists({ base = [], mine = [], theirs = [] }: Sides<string[] | undefined>): string[] {
  const [before, here, there] = [new Set(base), new Set(mine), new Set(theirs)];
  const removed = new Set(base.filter((item) => !here.has(item)));
  const added = mine.filter((item) => !before.has(item) && !there.has(item));
  return [...theirs.filter((item) => !removed.has(item)), ...added];
}

/** By paragraphs, so that two additions both survive and a repeated merge does not grow. */
function mergeNotes({ base, mine, theirs, mineIsNewer }: Sides<string | null | undefined>): string | null {
  const picked = (side: string | null | undefined) => side ?? null;
  if (isSame(mine, theirs) || isSame(mine, base ?? null)) return picked(theirs);
  if (isSame(theirs, base ?? null)) return picked(mine);
  const paragraphs = mergeLists({
    base: toParagraphs(base),
    mine: toParagraphs(mine),
    theirs: toParagraphs(theirs),
    mineIsNewer,
  });
  const note = paragraphs.length === 0 ? null : paragraphs.join("\n\n");
  const isTooLong = note !== null && characterCount(note) > MAX_NOTE_CHARACTERS;
  return isTooLong ? picked(mineIsNewer ? mine : theirs) : note;
}

function toParagraphs(note: string | null | undefined): string[] {
  return note ? note.split(/\n{2,}/) : [];
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}
