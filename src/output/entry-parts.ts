import { isScoredAsPhq8, SCORED_AS_PHQ8 } from "../assessments/score.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { moodName } from "../domain/entities/mood-name.ts";
import { type ActivityById, activityNames } from "./activity-names.ts";
import { moodText, scoreText } from "./entity-line.ts";
import { levelOf } from "./palette.ts";
import { type Part, type TerminalStyle, verbatim } from "./terminal-style.ts";

/** A mood or an assessment. */
export type LoggedEntry =
  | { entityType: "MoodEntry"; entity: MoodEntry }
  | { entityType: "AssessmentEntry"; entity: AssessmentEntry };

export interface EntryContext {
  activities: ActivityById;
  /** Shows notes instead of saying that there is one: others may be looking. */
  notes: boolean;
}

const GAP = "  ";
const LONGEST_MOOD_NAME = 5;

/** What an entry is, from the chip on: a score stands where a mood has its digit. */
export function entryParts(
  entry: LoggedEntry,
  { activities, notes }: EntryContext,
  style: TerminalStyle,
): Part[] {
  const deleted = entry.entity.metadata.deleted_at === null ? [] : [`${GAP}deleted`];
  if (entry.entityType === "AssessmentEntry") {
    const { assessment_type, score, severity } = entry.entity;
    return [
      style.bold(String(score).padStart(2).padEnd(3)),
      " ",
      verbatim([assessment_type, severity].filter((text) => text !== "").join(" ")),
      ...(isScoredAsPhq8(entry.entity) ? [`${GAP}${SCORED_AS_PHQ8}`] : []),
      ...deleted,
    ];
  }
  const { value, note } = entry.entity;
  const names = activityNames(entry.entity.activities, activities, style);
  const shownNote = notes
    ? [style.dim(`${style.glyphs.dash} `), style.dim(verbatim(note ?? ""))]
    : [style.dim(style.glyphs.hasNote)];
  return [
    style.chip(levelOf(value)),
    ` ${moodName(value).padEnd(LONGEST_MOOD_NAME)} `,
    ...names,
    ...(note === null ? [] : [names.length > 0 ? GAP : "", ...shownNote]),
    ...deleted,
  ];
}

/** The same in words: "mood 4 (good), run, with a note". */
export function entryWords(
  entry: LoggedEntry,
  { activities, notes }: EntryContext,
  style: TerminalStyle,
): Part[] {
  const deleted = entry.entity.metadata.deleted_at === null ? [] : [", deleted"];
  if (entry.entityType === "AssessmentEntry") {
    const { entity } = entry;
    return [
      verbatim(`${entity.assessment_type} ${scoreText(entity)}`),
      ...(isScoredAsPhq8(entity) ? [`, ${SCORED_AS_PHQ8}`] : []),
      ...deleted,
    ];
  }
  const { value, note } = entry.entity;
  const names = activityNames(entry.entity.activities, activities, style);
  return [
    `mood ${moodText(value)}`,
    ...(names.length > 0 ? [", ", ...names] : []),
    ...deleted,
    ...(note === null ? [] : notes ? [". Note: ", verbatim(note)] : [", with a note"]),
  ];
}
