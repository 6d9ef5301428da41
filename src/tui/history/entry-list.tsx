import { Box } from "ink";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import type { StoredRow } from "../../local/versions/rows.ts";
import { truncate } from "../../output/display-width.ts";
import { entityRow } from "../../output/entity-row.ts";
import { formatTable } from "../../output/table.ts";
import { Text } from "../components/text.tsx";
import { visibleRows } from "../components/visible-rows.ts";

/** The longest name of our own instruments fits. */
const MAX_NAME_COLUMNS = 16;

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
  const cells = rows.map(({ entityType, entity }) => {
    const [moment = "", what = "", more = "", caveat = ""] = entityRow(entityType, entity!, {
      now,
      labels,
      notes: false,
    });
    // A long name or caveat is cut itself, and takes no room from the values and scores of the other rows.
    return entityType === "AssessmentEntry"
      ? [moment, truncate(what, MAX_NAME_COLUMNS), `${more}  ${caveat}`.trimEnd(), ""]
      : [moment, what, more, caveat];
  });
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
