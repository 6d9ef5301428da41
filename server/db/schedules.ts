import type { Columns, EntityTable } from "./entity-table.ts";

/** When an assessment is due. */
export const schedules: EntityTable = {
  entityType: "Schedule",
  table: "schedules",
  columns: {
    assessment_type: "text",
    frequency: "text",
    enabled: "boolean",
    next_due_at: "zoned",
    anchor_at: "zoned",
  } satisfies Columns<"Schedule">,
};
