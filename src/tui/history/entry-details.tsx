import { Box } from "ink";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import type { StoredRow } from "../../local/versions/rows.ts";
import type { ActivityById } from "../../output/activity-names.ts";
import { entityDetails } from "../../output/entity-details.ts";
import { UNSTYLED } from "../../output/terminal-style.ts";
import { Text } from "../components/text.tsx";
import { useScroll } from "../components/use-scroll.ts";
import { useKeys } from "../keyboard/use-keys.ts";

/** Everything that one entry holds, with its note. It scrolls where it does not fit. */
export function EntryDetails(props: {
  row: StoredRow;
  activities: ActivityById;
  now: ZonedTime;
  width: number;
  height: number;
}) {
  const { row, activities, now, width, height } = props;
  const lines = entityDetails(
    { entityType: row.entityType, entity: row.entity!, now, activities },
    width - 2,
    UNSTYLED,
  );
  const { offset, onKey } = useScroll(lines.length, height);
  useKeys("view", onKey);
  return (
    <Box paddingLeft={1}>
      <Text>{lines.slice(offset, offset + height).join("\n")}</Text>
    </Box>
  );
}
