import { findInstrument } from "../../assessments/find-instrument.ts";
import type { AssessmentEntry } from "../../domain/entities/assessment-entry.ts";
import type { Entity } from "../../domain/entities/entity.ts";
import type { EntityType } from "../../domain/entities/entity-type.ts";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { DAY_MS, HOUR_MS } from "../../domain/time/durations.ts";
import { timestampToMs } from "../../domain/time/timestamp.ts";
import { openStagedRows, type StagedRows } from "../../local/storage/staged-rows.ts";
import { takenBack } from "../../local/versions/undo.ts";
import type { Entries } from "../entries.ts";
import type { Diagnostic, ImportDraft, ImportItem } from "./draft.ts";
import { IMPORT_COMMAND, type ImportStatus, identifyRows, isKnownVersion } from "./identify.ts";
import { checkDraft, type StagedDraft, type StagedEntity } from "./staged-draft.ts";

/** How many entries of one type a file holds, by what they are here. */
export type ImportCounts = Record<ImportStatus, number>;

/** A file that was read whole and checked, of which nothing is stored yet. */
export interface StagedImport {
  source: string;
  rows: StagedRows<StagedDraft>;
  counts: Record<EntityType, ImportCounts>;
  /** The first and the last moment of what it holds; null where it holds nothing. */
  range: { from: string; to: string } | null;
  /** The first few new entries, with the labels of their activities. */
  examples: { entityType: EntityType; entity: Entity; labels: readonly string[] }[];
  problems: Diagnostics;
  warnings: Diagnostics;
  skipped: Map<string, number>;
  /** Names of moods for which no level is known, and how often they occur. */
  unmapped: Map<string, number>;
  /** A new result that is about how somebody is by now, of several one that calls for help; null: there is none. */
  recentResult: AssessmentEntry | null;
  /** How many versions that no longer stand are not known here yet. */
  pastVersions: number;
}

/** Diagnostics in the order of the file. More than anybody reads are counted only. */
export interface Diagnostics {
  listed: Diagnostic[];
  count: number;
}

const MAX_LISTED = 10_000;
const EXAMPLES = 3;
/** How long a result is about how somebody is, in ms. */
const RECENT_MS = 14 * DAY_MS;
/** How far ahead of this device a time may lie, in ms: no two places differ by more. */
const MAX_AHEAD_MS = 26 * HOUR_MS;

/** Size of a file, in bytes, whose entries are kept in memory until they are stored; as objects they take a multiple of it. */
const MAX_BYTES_IN_MEMORY = 8 * 1024 * 1024;

/** Items after which reading can be ended. */
const ITEMS_A_STEP = 1000;

/** Reads all of a file of so many bytes, in steps, and finds what is new in it; stores nothing. What is wrong is returned,
 *  not thrown. Close its rows when it is stored, or not. */
export function* stageImport(
  entries: Entries,
  { source, items, bytes }: { source: string; items: Iterable<ImportItem>; bytes: number },
): Generator<void, StagedImport> {
  const staged: StagedImport = {
    source,
    rows: openStagedRows({ areSmall: bytes <= MAX_BYTES_IN_MEMORY }),
    counts: noCounts(),
    range: null,
    examples: [],
    problems: { listed: [], count: 0 },
    warnings: { listed: [], count: 0 },
    skipped: new Map(),
    unmapped: new Map(),
    recentResult: null,
    pastVersions: 0,
  };
  try {
    yield* stageItems(entries, staged, items);
    yield* countRows(entries, staged);
    return staged;
  } catch (error) {
    staged.rows.close();
    throw error;
  }
}

function* stageItems(
  entries: Entries,
  staged: StagedImport,
  items: Iterable<ImportItem>,
): Generator<void, void> {
  let group = 0;
  let count = 0;
  for (const item of items) {
    if (++count % ITEMS_A_STEP === 0) yield;
    if (item.kind === "problem") addDiagnostic(staged.problems, item);
    else if (item.kind === "warning") addDiagnostic(staged.warnings, item);
    else if (item.kind === "skipped") increase(staged.skipped, item.what);
    else if (item.kind === "unmapped") increase(staged.unmapped, item.name);
    else if (item.kind === "next export") group += 1;
    else stageDraft(entries, { staged, item, group });
  }
}

export function noCounts(): Record<EntityType, ImportCounts> {
  const none = (): ImportCounts => ({ new: 0, duplicate: 0, changed: 0 });
  return { MoodEntry: none(), AssessmentEntry: none(), Activity: none(), Schedule: none() };
}

function stageDraft(
  { nowMs }: Entries,
  given: { staged: StagedImport; item: ImportDraft; group: number },
): void {
  const { staged, item, group } = given;
  const { place } = item;
  if ("at" in item && item.at.ms > nowMs + MAX_AHEAD_MS) {
    addDiagnostic(staged.problems, { place, code: "in_future", message: "The time lies in the future." });
    return;
  }
  const checked = checkDraft(item, staged.source);
  if (checked.status === "invalid") {
    addDiagnostic(staged.problems, { place, code: checked.code, message: checked.message });
    return;
  }
  if (checked.areDetailsLeftOut) increase(staged.skipped, "details that do not fit");
  staged.rows.add({
    key: checked.key,
    group: checked.isNamed ? null : group,
    content: checked.draft,
  });
}

function* countRows(entries: Entries, staged: StagedImport): Generator<void, void> {
  const undone = takenBack(entries.db, IMPORT_COMMAND);
  let [fromMs, toMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const range = { from: "", to: "" };
  let count = 0;
  for (const row of identifyRows(entries, staged.rows.list(), undone)) {
    if (++count % ITEMS_A_STEP === 0) yield;
    if ("isPast" in row) {
      if (!isKnownVersion(entries, row)) staged.pastVersions += 1;
      continue;
    }
    const { draft, id, status } = row;
    const { entityType, labels = [] } = draft;
    staged.counts[entityType][status] += 1;
    const moment = momentOf(draft);
    if (moment === undefined) continue;
    const ms = timestampToMs(moment);
    if (ms < fromMs) [fromMs, range.from] = [ms, moment];
    if (ms > toMs) [toMs, range.to] = [ms, moment];
    if (status !== "new") continue;
    const isExample = staged.examples.length < EXAMPLES;
    if (!isExample && entityType !== "AssessmentEntry") continue;
    const entity = { ...draft.entity, id } as Entity;
    if (entityType === "AssessmentEntry") noteRecent(entries, staged, entity as AssessmentEntry);
    if (isExample) staged.examples.push({ entityType, entity, labels });
  }
  if (range.from !== "") staged.range = range;
}

/** Undefined for what has no time, and for what was deleted. */
function momentOf({ entity }: StagedEntity): string | undefined {
  const { recorded_at, taken_at, metadata } = entity as Partial<MoodEntry & AssessmentEntry>;
  return metadata?.deleted_at ? undefined : (recorded_at ?? taken_at);
}

function noteRecent({ nowMs }: Entries, staged: StagedImport, result: AssessmentEntry): void {
  if (timestampToMs(result.taken_at) < nowMs - RECENT_MS) return;
  if (!staged.recentResult || (!callsForHelp(staged.recentResult) && callsForHelp(result)))
    staged.recentResult = result;
}

function callsForHelp({ assessment_type, answers }: AssessmentEntry): boolean {
  const items = findInstrument(assessment_type)?.safetyItems ?? [];
  return items.some((item) => (answers?.[item - 1] ?? 0) > 0);
}

function addDiagnostic(diagnostics: Diagnostics, { place, code, message }: Diagnostic): void {
  diagnostics.count += 1;
  if (diagnostics.listed.length < MAX_LISTED) diagnostics.listed.push({ place, code, message });
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
