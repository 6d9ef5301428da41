import type { ZonedTime } from "../../domain/time/timestamp.ts";
import type { StoredRow } from "../../local/versions/rows.ts";
import { truncate } from "../../output/display-width.ts";
import { entityRow } from "../../output/entity-row.ts";
import { formatTable } from "../../output/table.ts";
import { MARK_COLUMNS, SelectableList } from "../components/selectable-list.tsx";

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
  const toCells = ({ entityType, entity }: StoredRow) => {
    const [moment = "", what = "", more = "", caveat = ""] = entityRow(entityType, entity!, {
      now,
      labels,
      notes: false,
    });
    // A long name or caveat is cut itself, and takes no room from the values and scores of the other rows.
    return entityType === "AssessmentEntry"
      ? [moment, truncate(what, MAX_NAME_COLUMNS), `${more}  ${caveat}`.trimEnd(), ""]
      : [moment, what, more, caveat];
  };
  return (
    <SelectableList
      items={props.rows}
      selected={props.selected}
      height={props.height}
      toLines={(visible) =>
        formatTable(visible.map(toCells), { width: width - MARK_COLUMNS, flexible: 2 }).split("\n")
      }
    />
  );
}
