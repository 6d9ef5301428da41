import { Box } from "ink";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import type { StoredRow } from "../../local/versions/rows.ts";
import { entityDetails } from "../../output/entity-details.ts";
import { wrapWords } from "../../output/wrap-words.ts";
import { Text } from "../components/text.tsx";
import { useScroll } from "../components/use-scroll.ts";
import { useKeys } from "../keyboard/use-keys.ts";

/** Everything that one entry holds, with its note. It scrolls where it does not fit. */
export function EntryDetails(props: {
  row: StoredRow;
  labels: ReadonlyMap<string, string>;
  now: ZonedTime;
  width: number;
  height: number;
}) {
  const { row, labels, now, width, height } = props;
  const lines = entityDetails(row.entityType, row.entity!, { now, labels })
    .trimEnd()
    .split("\n")
    .flatMap((line) => wrapWords(line, width - 4));
  const { offset, onKey } = useScroll(lines.length, height);
  useKeys("view", onKey);
  return (
    <Box paddingLeft={2}>
      <Text>{lines.slice(offset, offset + height).join("\n")}</Text>
    </Box>
  );
}
