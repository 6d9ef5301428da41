import { Box } from "ink";
import { useState } from "react";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import type { StoredRow } from "../../local/versions/rows.ts";
import { entityDetails } from "../../output/entity-details.ts";
import { wrapWords } from "../../output/wrap-words.ts";
import { Text } from "../components/text.tsx";
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
  const [wanted, setOffset] = useState(0);
  const lastOffset = Math.max(0, lines.length - height);
  const offset = Math.min(wanted, lastOffset);
  useKeys("view", (key) => {
    if (key.name === "up") setOffset(Math.max(0, offset - 1));
    else if (key.name === "down") setOffset(Math.min(lastOffset, offset + 1));
    else return false;
    return true;
  });
  return (
    <Box paddingLeft={2}>
      <Text>{lines.slice(offset, offset + height).join("\n")}</Text>
    </Box>
  );
}
