import type { Activity } from "../domain/entities/activity.ts";
import type { Entity } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { ZonedTime } from "../domain/time/timestamp.ts";
import { type ActivityById, activityName } from "./activity-names.ts";
import { entityRow } from "./entity-row.ts";
import { fitLine, padParts, shownText, widthOf } from "./fit-line.ts";
import { largest, rowsWithIds } from "./rows-with-ids.ts";
import { type Line, type Part, type TerminalStyle, verbatim } from "./terminal-style.ts";

/** Activities or schedules, which have no time of their own. */
export interface EntityList {
  rows: readonly { id: string; entityType: EntityType; entity: Entity }[];
  now: ZonedTime;
  activities: ActivityById;
}

const LEAST_FULL_COLUMNS = 60;
const GAP = "  ";
/** A label may be longer than a line. */
const MOST_CELL_COLUMNS = 32;

/** One a line in columns, an activity by its colour and icon; whole where `columns` is Infinity. */
export function entityList(
  { rows, now, activities }: EntityList,
  columns: number,
  style: TerminalStyle,
): Line[] {
  const labels = new Map(
    [...activities].map(([id, activity]) => [id, shownText(activityName(activity, style), style)]),
  );
  const cells = rows.map(({ entityType, entity }): (readonly Part[])[] => {
    const [first = "", ...more] = entityRow(entityType, entity, { now, labels, notes: false });
    if (entityType !== "Activity") return [first, ...more].map((text) => [verbatim(text)]);
    const [, ...others] = more; // the icon stands with the label
    return [activityName(entity as Activity, style), ...others.map((text) => [verbatim(text)])];
  });
  if (style.isPlain) {
    return cells.map((row, index) => {
      const texts = row.filter((parts) => widthOf(parts, style) > 0);
      const joined = texts.flatMap((parts, at) => [...(at > 0 ? [", "] : []), ...parts]);
      return style.line(...joined, `. Id ${rows[index]!.id}`);
    });
  }
  const most = columns === Number.POSITIVE_INFINITY ? columns : MOST_CELL_COLUMNS;
  const widths = Array.from({ length: largest(cells.map(({ length }) => length)) }, (_, column) =>
    Math.min(most, largest(cells.map((row) => widthOf(row[column] ?? [], style)))),
  );
  const used = widths.map((width, column) => ({ width, column })).filter(({ width }) => width > 0);
  const lines = cells.map((row, index) => ({
    texts: used.flatMap(({ width, column }, at): Part[] => [
      ...(at > 0 ? [GAP] : []),
      ...padParts(width, row[column] ?? [], style),
    ]),
    id: rows[index]!.id,
  }));
  return columns < LEAST_FULL_COLUMNS
    ? lines.map(({ texts }) => fitLine(columns, texts, style))
    : rowsWithIds(lines, columns, style);
}
