import type { ZonedTime } from "../domain/time/timestamp.ts";
import { type EntryContext, entryParts, entryWords, type LoggedEntry } from "./entry-parts.ts";
import { fitLine, padParts, widthOf } from "./fit-line.ts";
import { formatClock, formatDate, formatMoment } from "./moment.ts";
import { largest, rowsWithIds } from "./rows-with-ids.ts";
import { type Line, type Part, type TerminalStyle, verbatim } from "./terminal-style.ts";

/** One version of an entity as history lists it. */
export interface VersionLine {
  /** The beginning of its hash, which names it for `restore`. */
  id: string;
  changedAt: ZonedTime;
  /** `current`, or how it ended: `replaced`, `lost` or `merged`; a later server may have others. */
  outcome: string;
  /** The device that it came from, where the server said so. */
  device: string | null;
  /** What it holds; null for a deletion. */
  content: LoggedEntry | { texts: readonly string[] } | null;
}

export interface VersionList extends EntryContext {
  /** The newest first. */
  versions: readonly VersionLine[];
  now: ZonedTime;
}

const OUTCOME_WORDS: Record<string, string> = {
  current: "stands now",
  replaced: "replaced",
  lost: "gave way",
  merged: "merged",
};
const LEAST_FULL_COLUMNS = 60;
/** A device may have a longer label. */
const MOST_DEVICE_COLUMNS = 16;

/** The versions of an entity, one a line: when it was made, what became of it, what it holds. */
export function versionList(list: VersionList, columns: number, style: TerminalStyle): Line[] {
  const { versions, now } = list;
  if (style.isPlain) return versions.map((version) => plainVersion(version, list, style));
  const isNarrow = columns < LEAST_FULL_COLUMNS;
  const dates = versions.map(({ changedAt }) => formatDate(changedAt, now));
  const dateWidth = largest(dates.map(({ length }) => length));
  const outcomeWidth = largest(versions.map(({ outcome }) => outcomeText(outcome).length));
  const longest = largest(versions.map(({ device }) => widthOf([verbatim(device ?? "")], style)));
  const deviceWidth = columns === Number.POSITIVE_INFINITY ? longest : Math.min(longest, MOST_DEVICE_COLUMNS);
  const rows = versions.map((version, index) => {
    const date = dates[index] === dates[index - 1] ? "" : dates[index]!;
    const outcome = outcomeText(version.outcome).padEnd(outcomeWidth);
    const device =
      deviceWidth === 0 ? [] : ["  ", ...padParts(deviceWidth, [verbatim(version.device ?? "")], style)];
    const texts: Part[] = [
      ...[style.bold(date), " ".repeat(dateWidth - date.length + (isNarrow ? 1 : 2))],
      ...(isNarrow ? [] : [style.dim(formatClock(version.changedAt)), "  ", outcome, ...device, "  "]),
      ...contentParts(version, list, style),
    ];
    return { texts, id: version.id };
  });
  return isNarrow
    ? rows.map(({ texts }) => fitLine(columns, texts, style))
    : rowsWithIds(rows, columns, style);
}

function contentParts({ content }: VersionLine, list: VersionList, style: TerminalStyle): Part[] {
  if (content === null) return ["deleted"];
  if ("texts" in content) return [verbatim(content.texts.filter((text) => text !== "").join("  "))];
  return entryParts(content, list, style);
}

function plainVersion(version: VersionLine, list: VersionList, style: TerminalStyle): Line {
  const { content, device } = version;
  const words =
    content === null
      ? ["deleted"]
      : "texts" in content
        ? [verbatim(content.texts.filter((text) => text !== "").join(", "))]
        : entryWords(content, list, style);
  return style.line(
    `${formatMoment(version.changedAt, list.now)}, ${outcomeText(version.outcome)}: `,
    ...words,
    ...(device === null ? [] : [verbatim(`, from ${device}`)]),
    `. Version ${version.id}`,
  );
}

function outcomeText(outcome: string): string {
  return OUTCOME_WORDS[outcome] ?? outcome;
}
