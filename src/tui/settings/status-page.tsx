import { Box } from "ink";
import { useState } from "react";
import { systemZone } from "../../input/system-zone.ts";
import { wrapWords } from "../../output/wrap-words.ts";
import { ROW_INDENT } from "../components/row.tsx";
import { Text } from "../components/text.tsx";
import { useKeys } from "../keyboard/use-keys.ts";
import type { PageProps } from "./page-props.ts";
import { statusLines } from "./status-lines.ts";

/** How sync stands: where to, since when, what waits. It scrolls where it does not fit. */
export function StatusPage({ device, snapshot, actions, width, height }: PageProps) {
  const nowMs = device.nowMs();
  const rows = statusLines(snapshot, actions.server, {
    ms: nowMs,
    offsetMinutes: systemZone(nowMs),
  }).flatMap(([name, value]) =>
    wrapWords(value, width - ROW_INDENT - 1).map((text, index) => ({
      id: `${name} ${index}`,
      name: index === 0 ? name : "",
      text,
    })),
  );
  const [wanted, setOffset] = useState(0);
  const fits = rows.length <= height;
  const room = fits ? height : height - 1;
  const lastOffset = Math.max(0, rows.length - room);
  const offset = Math.min(wanted, lastOffset);
  useKeys("view", (key) => {
    if (key.name === "up") setOffset(Math.max(0, offset - 1));
    else if (key.name === "down") setOffset(Math.min(lastOffset, offset + 1));
    else return false;
    return true;
  });
  return (
    <Box flexDirection="column">
      {rows.slice(offset, offset + room).map(({ id, name, text }) => (
        <Box key={id} height={1}>
          <Box width={ROW_INDENT} flexShrink={0}>
            <Text dimColor>
              {"  "}
              {name}
            </Text>
          </Box>
          <Text wrap="truncate">{text}</Text>
        </Box>
      ))}
      {fits ? null : <Text dimColor>{offset < lastOffset ? "  ↓ more" : "  ↑ more"}</Text>}
    </Box>
  );
}
