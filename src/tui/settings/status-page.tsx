import { Box } from "ink";
import { systemZone } from "../../input/system-zone.ts";
import { wrapWords } from "../../output/wrap-words.ts";
import { Fact, ROW_INDENT } from "../components/row.tsx";
import { Text } from "../components/text.tsx";
import { useScroll } from "../components/use-scroll.ts";
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
  const fits = rows.length <= height;
  const room = fits ? height : height - 1;
  const { offset, lastOffset, onKey } = useScroll(rows.length, room);
  useKeys("view", onKey);
  return (
    <Box flexDirection="column">
      {rows.slice(offset, offset + room).map(({ id, name, text }) => (
        <Fact key={id} name={name}>
          {text}
        </Fact>
      ))}
      {fits ? null : <Text dimColor>{offset < lastOffset ? "  ↓ more" : "  ↑ more"}</Text>}
    </Box>
  );
}
