import type { SafetyNotice } from "../assessments/safety/notice.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodsyncError } from "../domain/moodsync-error.ts";
import type { Diagnostic } from "../entries/import/draft.ts";
import type { ImportCounts, StagedImport } from "../entries/import/stage-import.ts";
import type { Format, Reading } from "../transfer/formats/format.ts";

/** What is known of a file, as much as could be read of it. */
export interface ImportFindings {
  /** The zone of times that name none. */
  zone: string;
  format?: Format;
  reading?: Reading;
  staged?: StagedImport;
  /** How its text is written, where that is not UTF-8. */
  encoding?: string;
  safety?: SafetyNotice | null;
}

/** What `import --json` prints, for a refusal, too. */
export function importReport(
  findings: ImportFindings,
  outcome: { status: "ok" | "dry-run" | "partial" | "refused"; batch?: number | null; error?: MoodsyncError },
): object {
  const { format, reading, staged, safety } = findings;
  const { code, message, hint = null } = outcome.error ?? {};
  const counts = (entityType: EntityType) => staged?.counts[entityType] ?? NONE;
  return {
    status: outcome.status,
    format: format?.name ?? null,
    entries: counts("MoodEntry"),
    assessments: counts("AssessmentEntry"),
    activities: counts("Activity"),
    schedules: counts("Schedule"),
    past_versions: staged?.pastVersions ?? 0,
    range: staged?.range ?? null,
    skipped: Object.fromEntries(staged?.skipped ?? []),
    unmapped: Object.fromEntries(staged?.unmapped ?? []),
    columns_left: reading?.columnsLeft ?? [],
    problems: (staged?.problems.listed ?? []).map(diagnosticJson),
    problem_count: staged?.problems.count ?? 0,
    warnings: (staged?.warnings.listed ?? []).map(diagnosticJson),
    assumed: assumedOf(findings),
    batch: outcome.batch ?? null,
    ...(safety ? { safety } : {}),
    ...(outcome.error ? { error: { code, message, hint } } : {}),
  };
}

/** What the file does not say itself. */
export function assumedOf({ zone, reading, encoding = "utf-8" }: ImportFindings) {
  const { scale = null, dateOrder = null } = reading?.assumed ?? {};
  return { scale, date_order: dateOrder, zone, encoding };
}

const NONE: ImportCounts = { new: 0, duplicate: 0, changed: 0 };

function diagnosticJson({ place, code, message }: Diagnostic): object {
  return { ...place, code, message };
}
