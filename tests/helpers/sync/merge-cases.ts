import type { MoodEntry } from "../../../src/domain/entities/mood-entry.ts";
import { formatUtc } from "../../../src/domain/time/timestamp.ts";
import type { Version } from "../../../src/domain/versions/version.ts";
import { liveVersion, tombstone } from "../../../src/domain/versions/version.ts";
import table from "../../domain/versions/merge-cases.json" with { type: "json" };

export interface MergeCase {
  name: string;
  stored: Version | null;
  change: Version;
  /** Left out where the client does not say what it has seen. */
  baseUpdatedAtMs: number | null | undefined;
  wasReplaced: boolean;
  upload: string;
  stands: "stored" | "change";
  device: string | undefined;
}

const ID = "11111111-1111-4111-8111-111111111111";

/** The table of merge cases, with its relative times counted from `serverTimeMs`. */
export function mergeCases(serverTimeMs: number): MergeCase[] {
  return (table.cases as RawCase[]).map((row) => ({
    name: row.name,
    stored: row.stored && toVersion(row.stored, serverTimeMs),
    change: toVersion(row.change, serverTimeMs),
    baseUpdatedAtMs: typeof row.base === "number" ? serverTimeMs + row.base : row.base,
    wasReplaced: row.wasReplaced ?? false,
    upload: row.upload,
    stands: row.stands,
    device: row.device,
  }));
}

interface RawCase extends Pick<MergeCase, "name" | "upload" | "stands" | "device"> {
  stored: [number, string | null] | null;
  change: [number, string | null];
  base?: number | null;
  wasReplaced?: boolean;
}

function toVersion([offset, note]: [number, string | null], serverTimeMs: number): Version {
  const updatedAtMs = serverTimeMs + offset;
  return note === null
    ? tombstone("MoodEntry", ID, updatedAtMs)
    : liveVersion("MoodEntry", moodEntry({ id: ID, note, updatedAtMs }));
}

/** A canonical mood entry. */
export function moodEntry(given: {
  id: string;
  note?: string | null;
  value?: number;
  updatedAtMs: number;
}): MoodEntry {
  const time = formatUtc(given.updatedAtMs);
  return {
    id: given.id,
    value: given.value ?? 3,
    activities: [],
    note: given.note ?? null,
    recorded_at: "2026-03-02T21:00:00.000+01:00",
    metadata: { created_at: time, updated_at: time, deleted_at: null },
  };
}
