import { Box } from "ink";
import type { ZonedTime } from "../../domain/timestamp.ts";
import type { StoredRow } from "../../local/rows.ts";
import { entityRow } from "../../output/entity-row.ts";
import { formatTable } from "../../output/table.ts";
import { Text } from "../components/text.tsx";
import { visibleRows } from "../components/visible-rows.ts";

/** Entries as a table without their notes, the selected one marked. */
export function EntryList(props: {
  rows: readonly StoredRow[];
  selected: number;
  labels: ReadonlyMap<string, string>;
  now: ZonedTime;
  width: number;
  height: number;
}) {
  const { labels, now, width } = props;
  const { first, rows } = visibleRows(props.rows, props.selected, props.height);
  const cells = rows.map(({ entityType, entity }) =>
    entityRow(entityType, entity!, { now, labels, notes: false }),
  );
  const lines = formatTable(cells, { width: width - 3, flexible: 2 }).split("\n");
  return (
    <Box flexDirection="column">
      {rows.map(({ id }, index) => {
        const isSelected = first + index === props.selected;
        return (
          <Text key={id} wrap="truncate" bold={isSelected} {...(isSelected ? { color: "cyan" } : {})}>
            {isSelected ? " › " : "   "}
            {lines[index]}
          </Text>
        );
      })}
    </Box>
  );
}
