import { Box } from "ink";
import { useState } from "react";
import { MOOD_NAMES } from "../../domain/mood-name.ts";
import { checkedNote } from "../../input/checked-text.ts";
import { systemZone } from "../../input/system-zone.ts";
import { readToday } from "../../local/today.ts";
import { moodText } from "../../output/entity-line.ts";
import { formatMoment } from "../../output/moment.ts";
import { todayLines } from "../../output/today-lines.ts";
import { wrapWords } from "../../output/wrap-words.ts";
import { ROW_INDENT, Row } from "../components/row.tsx";
import { Text } from "../components/text.tsx";
import { TextField } from "../components/text-field.tsx";
import { ViewFrame } from "../components/view-frame.tsx";
import { editMood, logMood, undoLast } from "../entries/entry-writes.ts";
import { useEntryActions } from "../entries/use-entry-actions.ts";
import { letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { useDatabaseValue } from "../use-database-value.ts";
import { useNow } from "../use-now.ts";
import type { ViewProps } from "../view-props.ts";

const KEYS = [
  ["1-5", "log"],
  ["n", "note"],
  ["u", "undo"],
  ["q", "quit"],
] as const;

/** How the day stands, and a mood with one key. */
export function TodayView({ device, width, height }: ViewProps) {
  const { db, nowMs, appVersion } = device;
  const now = useNow(nowMs);
  const {
    value: day,
    problem,
    changed,
  } = useDatabaseValue(db, () => readToday(db, { nowMs: nowMs(), zone: systemZone, appVersion }), [now.ms]);
  const { message, say, attempt } = useEntryActions(changed);
  const [notedId, setNotedId] = useState<string | null>(null);
  const latest = day.moods.at(-1);
  const noted = day.moods.find(({ id }) => id === notedId);

  function log(value: number): void {
    attempt(() => {
      logMood(device, value);
      return {
        tone: "done",
        text: `Logged mood ${moodText(value)}.`,
        hint: "n adds a note, u takes it back.",
      };
    });
  }

  function leaveNote(text: string): void {
    attempt(() => {
      const note = checkedNote(text);
      editMood(device, noted!.id, { note });
      setNotedId(null);
      return { tone: "done", text: note === null ? "It has no note." : "The note is stored." };
    });
  }

  useKeys("view", (key) => {
    const letter = letterOf(key);
    if (letter !== null && /^[1-5]$/.test(letter)) log(Number(letter));
    else if (letter === "u") attempt(() => ({ tone: "done", text: undoLast(device) }));
    else if (letter === "n" && latest) setNotedId(latest.id);
    else if (letter === "n") say({ tone: "note", text: "Log a mood first, then n adds a note to it." });
    else return false;
    return true;
  });

  return (
    <ViewFrame {...{ width, height, keys: KEYS }} message={problem ?? message}>
      <Box height={1} flexShrink={0} />
      <Text bold> How are you?</Text>
      <Text wrap="truncate"> {MOOD_NAMES.map((name, index) => `${index + 1} ${name}`).join("   ")}</Text>
      <Box height={1} flexShrink={0} />
      <Text dimColor> {formatMoment(now, now)}</Text>
      {todayLines(day, now).map(([name, value]) => (
        <Box key={name} flexShrink={0}>
          <Box width={ROW_INDENT} flexShrink={0}>
            <Text dimColor>
              {"  "}
              {name}
            </Text>
          </Box>
          <Text>{wrapWords(value, width - ROW_INDENT - 1).join("\n")}</Text>
        </Box>
      ))}
      <Box height={1} flexShrink={0} />
      {noted ? (
        <Row name="Note" isSelected>
          <TextField
            initial={noted.note ?? ""}
            width={width - ROW_INDENT - 1}
            onLeave={leaveNote}
            onCancel={() => setNotedId(null)}
          />
        </Row>
      ) : null}
    </ViewFrame>
  );
}
