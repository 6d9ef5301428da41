import { Box } from "ink";
import { useState } from "react";
import type { Activity } from "../../domain/entities/activity.ts";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { formatTimestamp, parseTimestamp, type ZonedTime } from "../../domain/time/timestamp.ts";
import type { MoodEdit } from "../../entries/apply-edit.ts";
import { checkedNote } from "../../input/checked-text.ts";
import { parseMoodValue } from "../../input/mood-value.ts";
import { parseWhen } from "../../input/when.ts";
import { activityNames, moodText } from "../../output/entity-line.ts";
import { formatMoment } from "../../output/moment.ts";
import { verbatim } from "../../output/terminal-style.ts";
import { singleLine } from "../../output/terminal-text.ts";
import type { Device } from "../../sync/device.ts";
import { NoteField } from "../components/note-field.tsx";
import { ROW_INDENT, Row } from "../components/row.tsx";
import { type Leaving, TextField } from "../components/text-field.tsx";
import { useSelection } from "../components/use-selection.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { ActivityPicker } from "./activity-picker.tsx";

type EditedField = "value" | "note" | "recorded_at" | "activities";
const FIELDS: readonly EditedField[] = ["value", "note", "activities", "recorded_at"];
const TITLES: Record<EditedField, string> = {
  value: "Mood",
  note: "Note",
  activities: "Activities",
  recorded_at: "When",
};

/** The fields of a mood, each stored as one leaves it. What cannot be stays in its field, and `onProblem` tells why. */
export function MoodEditor(props: {
  device: Device;
  mood: MoodEntry;
  labels: ReadonlyMap<string, string>;
  /** The activities that can be chosen, and the one that each id counts for. */
  activities: readonly Activity[];
  byId: ReadonlyMap<string, Activity>;
  now: ZonedTime;
  width: number;
  height: number;
  /** Stores the edit; false where that failed. */
  onChange(edit: MoodEdit): boolean;
  onProblem(error: unknown): void;
  onClose(): void;
}) {
  const { device, mood, width, onProblem } = props;
  const [edited, setEdited] = useState<EditedField | null>(null);
  const selection = useSelection(FIELDS);
  const selected = FIELDS[selection.index]!;

  useKeys("view", (key) => {
    if (selection.onKey(key)) return true;
    if (key.name === "enter") setEdited(selected);
    else if (key.name === "escape") props.onClose();
    else return false;
    return true;
  });

  async function leave(text: string, leaving: Leaving): Promise<void> {
    try {
      const edit = await parseField(selected, text, mood, device.nowMs());
      if (edit && !props.onChange(edit)) return;
      close(leaving);
    } catch (error) {
      onProblem(error);
    }
  }

  function leaveNote(text: string, leaving: Leaving): boolean {
    try {
      const note = checkedNote(text);
      if (note !== mood.note && !props.onChange({ note })) return false;
      close(leaving);
      return true;
    } catch (error) {
      onProblem(error);
      return false;
    }
  }

  function close(leaving: Leaving): void {
    setEdited(null);
    if (leaving !== "enter") selection.select(selection.index + (leaving === "previous" ? -1 : 1));
  }

  if (edited === "activities") {
    const chosen = [...new Set(mood.activities.map((id) => props.byId.get(id)?.id ?? id))];
    return (
      <ActivityPicker
        activities={props.activities.filter(({ id, archived }) => !archived || chosen.includes(id))}
        labels={props.labels}
        chosen={chosen}
        height={props.height}
        width={width}
        onDone={(activities) => {
          if (props.onChange({ activities })) setEdited(null);
        }}
        onCancel={() => setEdited(null)}
      />
    );
  }
  const room = width - ROW_INDENT - 1;
  return (
    <Box flexDirection="column">
      {FIELDS.map((field) => (
        <Row
          key={field}
          name={TITLES[field]}
          {...{ width }}
          isSelected={field === selected}
          value={[verbatim(shownText(field, props))]}
        >
          {field === edited ? (
            field === "note" ? (
              <NoteField
                {...{ device, mood, onProblem }}
                width={room}
                onLeave={leaveNote}
                onClose={() => setEdited(null)}
              />
            ) : (
              <TextField
                initial={typedText(field, mood)}
                isDigit={field === "value"}
                width={room}
                onLeave={(text, leaving) => void leave(text, leaving)}
                onCancel={() => setEdited(null)}
              />
            )
          ) : null}
        </Row>
      ))}
    </Box>
  );
}

/** What a field's text changes; null where it is as before. Throws `invalid_input`, as `moodsync edit` does. */
async function parseField(
  field: EditedField,
  text: string,
  mood: MoodEntry,
  nowMs: number,
): Promise<MoodEdit | null> {
  if (text === typedText(field, mood)) return null;
  switch (field) {
    case "value":
      return { value: parseMoodValue(text) };
    case "recorded_at":
      return { recorded_at: formatTimestamp(await parseWhen(text, { nowMs })) };
    case "note":
    case "activities":
      return null;
  }
}

function typedText(field: EditedField, mood: MoodEntry): string {
  switch (field) {
    case "value":
      return String(mood.value);
    case "recorded_at":
      return mood.recorded_at.replace(".000", "");
    case "note":
    case "activities":
      return "";
  }
}

function shownText(
  field: EditedField,
  { mood, labels, now }: { mood: MoodEntry; labels: ReadonlyMap<string, string>; now: ZonedTime },
): string {
  switch (field) {
    case "value":
      return moodText(mood.value);
    case "note":
      return mood.note === null ? "none" : singleLine(mood.note);
    case "recorded_at":
      return formatMoment(parseTimestamp(mood.recorded_at)!, now);
    case "activities":
      return activityNames(mood.activities, labels) || "none";
  }
}
