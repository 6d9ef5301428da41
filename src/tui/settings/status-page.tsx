import { systemZone } from "../../input/system-zone.ts";
import { fitLine, padParts } from "../../output/fit-line.ts";
import { verbatim } from "../../output/terminal-style.ts";
import { wrapWords } from "../../output/wrap-words.ts";
import { useStyle } from "../app-root.tsx";
import { Lines } from "../components/lines.tsx";
import { ROW_INDENT } from "../components/row.tsx";
import { useScroll } from "../components/use-scroll.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import type { PageProps } from "./page-props.ts";
import { statusLines } from "./status-lines.ts";

/** How sync stands: where to, since when, what waits. It scrolls where it does not fit. */
export function StatusPage({ device, snapshot, actions, width, height }: PageProps) {
  const style = useStyle();
  const nowMs = device.nowMs();
  const rows = statusLines(snapshot, actions.server, {
    ms: nowMs,
    offsetMinutes: systemZone(nowMs),
  }).flatMap(([name, value]) =>
    wrapWords(value, width - ROW_INDENT - 1).map((text, index) => ({
      name: index === 0 ? name : "",
      text,
    })),
  );
  const fits = rows.length <= height;
  const room = fits ? height : height - 1;
  const { offset, lastOffset, onKey } = useScroll(rows.length, room);
  useKeys("view", onKey);
  const shown = rows
    .slice(offset, offset + room)
    .map(({ name, text }) =>
      fitLine(width, ["  ", ...padParts(ROW_INDENT - 2, [style.dim(name)], style), verbatim(text)], style),
    );
  const more = fits ? [] : [style.line("  ", style.dim(offset < lastOffset ? "↓ more" : "↑ more"))];
  return <Lines lines={[...shown, ...more]} />;
}
