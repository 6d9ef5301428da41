import type { EntityType } from "../../domain/entities/entity-type.ts";
import type { ZonedTime } from "../../domain/time/timestamp.ts";

/** Where in a file something stands, counted from 1: the line of a text, or the item of a list. `list` names the list
 *  where a file has several. */
export type Place = { line: number } | { item: number; list?: string };

/** Something about one place of a file, in a sentence without what stands there. `code` is for scripts. */
export interface Diagnostic {
  place: Place;
  code: string;
  message: string;
}

interface EntryDraft {
  place: Place;
  at: ZonedTime;
  /** What the source calls the entry, and when it says that it was: it tells the entry from all others, and stays when
   *  somebody edits it there. Without it the content does. */
  sourceId?: string | undefined;
  /** What else the source has of the entry: it goes into the field `import`. */
  details?: Record<string, unknown>;
}

/** A mood as a format reads it. */
export interface MoodDraft extends EntryDraft {
  kind: "mood";
  value: number;
  /** Labels. */
  activities: readonly string[];
  note: string | null;
  /** Words for feelings, which are no activities. */
  feelings?: readonly string[];
}

/** A self-assessment as a format reads it: its answers where they can be scored here, its total, or both. */
export interface AssessmentDraft extends EntryDraft {
  kind: "assessment";
  /** As `assessmentTypeOf` gives it. */
  assessmentType: string;
  score?: number | undefined;
  answers?: readonly (number | null)[] | undefined;
}

/** An entity of our own export, as it stands there. */
export interface EntityDraft {
  kind: "entity";
  place: Place;
  entityType: EntityType;
  entity: unknown;
}

/** A version of an entity that no longer stands, as our own export has it. */
export interface PastVersionDraft {
  kind: "past version";
  place: Place;
  version: unknown;
}

/** What of a file can be stored. */
export type ImportDraft = MoodDraft | AssessmentDraft | EntityDraft | PastVersionDraft;

/** What reading a file brings, one after the other. */
export type ImportItem =
  | ImportDraft
  /** What keeps an entry from being stored. */
  | ({ kind: "problem" } & Diagnostic)
  /** What was decided for the person. */
  | ({ kind: "warning" } & Diagnostic)
  /** What has no place here, by its kind. */
  | { kind: "skipped"; what: string }
  /** The name of a mood for which no level is known. */
  | { kind: "unmapped"; name: string }
  /** Another export of the same source begins: equal entries of it are those of the one before. */
  | { kind: "next export" };
