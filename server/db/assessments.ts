import type { Columns, EntityTable } from "./entity-table.ts";

/** Clinical self-assessments: the score and, where the device sent them, the answers. */
export const assessments: EntityTable = {
  entityType: "AssessmentEntry",
  table: "assessments",
  columns: {
    assessment_type: "text",
    score: "integer",
    severity: "text",
    taken_at: "zoned",
    answers: "integer[]",
    source: "text",
    instrument_version: "text",
    difficulty: "integer",
  } satisfies Columns<"AssessmentEntry">,
};
