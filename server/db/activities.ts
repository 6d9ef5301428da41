import type { Columns, EntityTable } from "./entity-table.ts";

/** What people do beside a mood. */
export const activities: EntityTable = {
  entityType: "Activity",
  table: "activities",
  columns: { label: "text", color_hex: "text", icon: "text" } satisfies Columns<"Activity">,
};
