import { Box } from "ink";
import { useState } from "react";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { MOOD_NAMES } from "../../domain/entities/mood-name.ts";
import { parseTimestamp, type ZonedTime } from "../../domain/time/timestamp.ts";
import { editEntry } from "../../entries/edit-entry.ts";
import { logMood } from "../../entries/log-mood.ts";
import { openNoteDrafts } from "../../entries/note-drafts.ts";
import { forgetOldDrafts } from "../../entries/old-drafts.ts";
import { checkedNote } from "../../input/checked-text.ts";
import { systemZone } from "../../input/system-zone.ts";
import { readToday } from "../../local/queries/today.ts";
import { readRow } from "../../local/versions/rows.ts";
import { moodText } from "../../output/entity-line.ts";
import { formatMoment } from "../../output/moment.ts";
import { todayLines } from "../../output/today-lines.ts";
import { wrapWords } from "../../output/wrap-words.ts";
import { calendarSettings } from "../../settings/calendar-settings.ts";
import { readSettings } from "../../settings/settings-file.ts";
import type { Device } from "../../sync/device.ts";
import { type Message, problemMessage } from "../components/message.ts";
import { NoteField } from "../components/note-field.tsx";
import { Fact, ROW_INDENT, Row } from "../components/row.tsx";
import { Text } from "../components/text.tsx";
import { ViewFrame } from "../components/view-frame.tsx";
import { entriesOf, undoLastCommand } from "../entries/device-entries.ts";
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
  } = useDatabaseValue(db, () => {
    const { dayStartMs } = calendarSettings(readSettings(device.home.configDir));
    return readToday(db, { nowMs: nowMs(), zone: systemZone, dayStartMs, appVersion });
  }, [now.ms]);
  const [unfinished, setUnfinished] = useState(() => findUnfinished(device));
  const { message, say, attempt } = useEntryActions(changed, () => unfinished && offerOf(unfinished, now));
  const [notedId, setNotedId] = useState<string | null>(null);
  const latest = unfinished ?? day.moods.at(-1);
  const noted = notedId === null ? null : (readRow(db, "MoodEntry", notedId)?.entity as MoodEntry | null);

  function log(value: number): void {
    attempt(() => {
      logMood(entriesOf(device), { value });
      // The draft stays and is offered next time; n now means the mood that was just logged.
      setUnfinished(null);
      return {
        tone: "done",
        text: `Logged mood ${moodText(value)}.`,
        hint: "n adds a note, u takes it back.",
      };
    });
  }

  function leaveNote(text: string): boolean {
    let isStored = false;
    attempt(() => {
      const note = checkedNote(text);
      editEntry(entriesOf(device), { entityType: "MoodEntry", id: noted!.id }, { note });
      isStored = true;
      close();
      return { tone: "done", text: note === null ? "It has no note." : "The note is stored." };
    });
    return isStored;
  }

  function close(): void {
    setNotedId(null);
    setUnfinished(null);
  }

  useKeys("view", (key) => {
    const letter = letterOf(key);
    if (letter !== null && /^[1-5]$/.test(letter)) log(Number(letter));
    else if (letter === "u") attempt(() => undoLastCommand(device));
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
        <Fact key={name} name={name}>
          {wrapWords(value, width - ROW_INDENT - 1).join("\n")}
        </Fact>
      ))}
      <Box height={1} flexShrink={0} />
      {noted ? (
        <Row name="Note" isSelected>
          <NoteField
            {...{ device }}
            mood={noted}
            width={width - ROW_INDENT - 1}
            onLeave={leaveNote}
            onProblem={(error) => say(problemMessage(error))}
            onClose={close}
          />
        </Row>
      ) : null}
    </ViewFrame>
  );
}

/** The mood whose note was typed last and neither stored nor discarded; null: there is none. */
function findUnfinished(device: Device): MoodEntry | null {
  const { db, home } = device;
  forgetOldDrafts(entriesOf(device), home.stateDir);
  const moods = openNoteDrafts(home)
    .moodIds()
    .map((id) => readRow(db, "MoodEntry", id)?.entity as MoodEntry | null | undefined);
  return moods.findLast((mood) => mood) ?? null;
}

function offerOf({ value, recorded_at }: MoodEntry, now: ZonedTime): Message {
  const moment = formatMoment(parseTimestamp(recorded_at)!, now);
  return {
    tone: "note",
    text: `The note to mood ${moodText(value)} of ${moment} was typed and not stored.`,
    hint: "n goes on with it.",
  };
}
