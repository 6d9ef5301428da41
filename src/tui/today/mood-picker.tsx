import { Box } from "ink";
import { useMemo, useRef, useState } from "react";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { moodName } from "../../domain/entities/mood-name.ts";
import { parseTimestamp, type ZonedTime } from "../../domain/time/timestamp.ts";
import type { MoodEdit } from "../../entries/apply-edit.ts";
import { editEntry } from "../../entries/edit-entry.ts";
import { openNoteDrafts } from "../../entries/note-drafts.ts";
import { offeredLabels } from "../../entries/offered-activities.ts";
import { checkedLabel, checkedNote } from "../../input/checked-text.ts";
import { activityLabels } from "../../local/queries/activities.ts";
import { moodText } from "../../output/entity-line.ts";
import { fitLine, widthOf } from "../../output/fit-line.ts";
import { formatClock, formatMoment } from "../../output/moment.ts";
import { levelOf } from "../../output/palette.ts";
import { activityAt, activityGrid, gridColumns } from "../../output/screen/activity-grid.ts";
import { type Part, type TerminalStyle, verbatim } from "../../output/terminal-style.ts";
import type { Device } from "../../sync/device.ts";
import { useRoot } from "../app-root.tsx";
import { VIEW_TOP } from "../components/app-shell.tsx";
import { useAsk } from "../components/ask.ts";
import { Lines } from "../components/lines.tsx";
import { type Message, problemMessage } from "../components/message.ts";
import { NoteField } from "../components/note-field.tsx";
import { TextField } from "../components/text-field.tsx";
import { ViewFrame } from "../components/view-frame.tsx";
import { entriesOf, undoLastCommand } from "../entries/device-entries.ts";
import { useAttempt } from "../entries/use-attempt.ts";
import { type Help, letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";

const KEYS: readonly Help[] = [
  ["?", "keys"],
  ["a–z", "take or leave"],
  ["+", "new"],
  ["n", "note"],
  ["Enter", "done"],
  ["u", "take back"],
];
const NOTE_KEYS: readonly Help[] = [
  ["Enter", "store, done"],
  ["Tab", "to the activities"],
  ["Esc", "discard"],
];
const NEW_KEYS: readonly Help[] = [
  ["Enter", "take it"],
  ["Esc", "cancel"],
];
const FILTER_KEYS: readonly Help[] = [
  ["Enter", "take the first"],
  ["Esc", "all of them"],
];
/** Rows of the picker beside the grid: head, question, note, and the blank ones between. */
const OTHER_ROWS = 7;
/** Those of them above the grid. */
const ROWS_ABOVE = 4;

/** What is added to a mood that is stored already: activities by their letters, and a note. Enter stores all of it as one
 *  change. */
export function MoodPicker(props: {
  device: Device;
  mood: MoodEntry;
  now: ZonedTime;
  /** Whether it was logged just now, so that u takes all of it back. */
  isNew: boolean;
  opensNote: boolean;
  width: number;
  height: number;
  onClose(message: Message | null): void;
}) {
  const { device, mood, now, width, height } = props;
  const { style, message, say } = useRoot();
  const ask = useAsk();
  const attempt = useAttempt();
  const drafts = useMemo(() => openNoteDrafts(device.home), [device]);
  const had = useMemo(() => labelsOf(device, mood), [device, mood]);
  const [offered, setOffered] = useState(() => offeredWith(device, had));
  const [taken, setTaken] = useState<readonly string[]>(had);
  const [note, setNote] = useState(() => drafts.of(mood.id) ?? mood.note ?? "");
  const [field, setField] = useState<"note" | "new" | "filter" | null>(props.opensNote ? "note" : null);
  const [filter, setFilter] = useState("");
  const [selected, setSelected] = useState<number | null>(null);
  const shown = offered.filter(({ label }) => label.toLowerCase().includes(filter.toLowerCase()));

  const gridRows = useRef(1);

  function toggle(label: string): void {
    setTaken(taken.includes(label) ? taken.filter((one) => one !== label) : [...taken, label]);
  }

  /** True where everything is stored. */
  function store(text = note): boolean {
    const isStored = attempt(
      () => {
        const edit = editOf(mood, { had, taken, note: checkedNote(text) });
        if (edit) editEntry(entriesOf(device), { entityType: "MoodEntry", id: mood.id }, edit);
        return null;
      },
      () => drafts.fileOf(mood.id),
    );
    if (!isStored) return false;
    forgetDraft();
    const what = props.isNew ? `Logged mood ${moodText(mood.value)}.` : "It is stored.";
    props.onClose({ tone: "done", text: what, hint: "u takes back the last change." });
    return true;
  }

  function forgetDraft(): void {
    try {
      drafts.keep(mood.id, null, device.nowMs());
    } catch (error) {
      say(problemMessage(error));
    }
  }

  function leave(): void {
    const isChanged = editOf(mood, { had, taken, note: note === "" ? null : note }) !== null;
    const close = () => {
      forgetDraft();
      props.onClose(null);
    };
    if (isChanged) ask({ text: "Leave without what you have added to the mood?", onYes: close });
    else close();
  }

  /** Stores everything before the picker is left; where that fails, one is asked whether to leave all the same. A note
   *  that was typed stays in its file then. */
  function storeToLeave(): boolean {
    const isStored = store();
    if (!isStored) ask({ text: "Close this without storing it?", onYes: () => props.onClose(null) });
    return isStored;
  }

  function takeBack(): void {
    const isDone = attempt(() => undoLastCommand(device));
    if (isDone) props.onClose({ tone: "done", text: `Took back: mood ${moodText(mood.value)}.` });
  }

  function move(step: number): void {
    setSelected(
      Math.max(
        0,
        Math.min(shown.length - 1, (selected ?? -Math.min(1, step)) + (selected === null ? 0 : step)),
      ),
    );
  }

  useKeys("view", (key) => {
    const letter = letterOf(key);
    const across = gridColumns(width);
    const steps: Partial<Record<typeof key.name, number>> = { left: -1, right: 1, up: -across, down: across };
    if (key.name === "enter") store();
    else if (key.name === "escape" && filter !== "") setFilter("");
    else if (key.name === "escape") leave();
    else if (steps[key.name] !== undefined) move(steps[key.name]!);
    else if (key.name === "click") {
      const place = { row: key.row - VIEW_TOP - ROWS_ABOVE, column: key.column };
      const clicked = activityAt(place, { offered: shown, selected, rows: gridRows.current }, width);
      if (clicked !== null) toggle(shown[clicked]!.label);
    } else if (letter === " " && selected !== null && shown[selected]) toggle(shown[selected].label);
    else if (letter === "+") setField("new");
    else if (letter === "n") setField("note");
    else if (letter === "/") setField("filter");
    else if (letter === "u" && props.isNew) takeBack();
    else if (letter === "?" || letter === "H") return false;
    else if (letter === "q" || key.name === "tab" || key.name === "backTab") return !storeToLeave();
    else {
      const meant = letter === null ? undefined : offered.find((one) => one.letter === letter);
      if (meant) toggle(meant.label);
    }
    return true;
  });

  function takeNew(text: string): void {
    setField(null);
    if (text.trim() === "") return;
    try {
      const label = checkedLabel(text);
      const known = offered.find((one) => one.label.toLowerCase() === label.toLowerCase());
      if (!known) setOffered([...offered, { label, letter: null }]);
      if (!taken.includes(known?.label ?? label)) setTaken([...taken, known?.label ?? label]);
    } catch (error) {
      say(problemMessage(error));
    }
  }

  const head: Part[] = [
    ...["  ", style.chip(levelOf(mood.value)), ` ${moodName(mood.value)}   `],
    ...(props.isNew
      ? [
          style.bold(`logged, ${clockOf(mood)}`),
          `${style.separator}${width < 76 ? "stored; Enter is done" : "stored; add to it, or press Enter"}`,
        ]
      : [style.bold(momentOf(mood, now))]),
  ];
  const question = "What was part of it?";
  const order = "most used first";
  const gap = " ".repeat(Math.max(2, Math.min(width, 80) - 4 - question.length - order.length));
  return (
    <ViewFrame {...{ width, height, message }} keys={props.isNew ? KEYS : KEYS.slice(0, -1)}>
      {(room) => {
        const rows = Math.max(1, room - OTHER_ROWS);
        gridRows.current = rows;
        const grid = activityGrid(
          { offered: shown.map((one) => ({ ...one, isTaken: taken.includes(one.label) })), selected, rows },
          width,
          style,
        );
        return (
          <Box flexDirection="column">
            <Lines
              lines={[
                fitLine(width, head, style),
                style.line(),
                fitLine(width, ["  ", style.bold(question), gap, style.dim(order)], style),
                ...(field === "filter" || field === "new" ? [] : [style.line()]),
              ]}
            />
            {field === "filter" || field === "new" ? (
              <Box height={1} flexShrink={0}>
                <Lines lines={[style.line(` ${style.glyphs.selected}`, field === "new" ? "new: " : "/ ")]} />
                {field === "new" ? (
                  <TextField
                    initial=""
                    width={width - 12}
                    keys={NEW_KEYS}
                    onLeave={takeNew}
                    onCancel={() => setField(null)}
                  />
                ) : (
                  <TextField
                    initial={filter}
                    width={width - 12}
                    keys={FILTER_KEYS}
                    onChange={(text) => {
                      setFilter(text);
                      setSelected(null);
                    }}
                    onLeave={() => {
                      setField(null);
                      if (filter !== "" && shown[0] && !taken.includes(shown[0].label))
                        toggle(shown[0].label);
                      setFilter("");
                    }}
                    onCancel={() => {
                      setFilter("");
                      setField(null);
                    }}
                  />
                )}
              </Box>
            ) : null}
            <Lines lines={[...grid, style.line(), style.line("  ", style.bold("Note"))]} />
            {field === "note" ? (
              <Box height={1} flexShrink={0}>
                <Lines lines={[style.line(`  ${style.glyphs.selected} `)]} />
                <NoteField
                  {...{ device, mood }}
                  width={width - widthOf([`  ${style.glyphs.selected} `], style) - 1}
                  keys={NOTE_KEYS}
                  onChange={setNote}
                  onProblem={(error) => say(problemMessage(error))}
                  onLeave={(text, leaving) => {
                    if (leaving === "enter") return store(text);
                    setField(null);
                    return false;
                  }}
                  onClose={() => setField(null)}
                />
              </Box>
            ) : (
              <Lines lines={[fitLine(width, ["  ", noteParts(note, mood, style)], style)]} />
            )}
          </Box>
        );
      }}
    </ViewFrame>
  );
}

/** The labels of the activities that a mood has. */
function labelsOf({ db }: Device, { activities }: MoodEntry): string[] {
  const labels = activityLabels(db);
  return [...new Set(activities.flatMap((id) => labels.get(id) ?? []))];
}

/** What is offered, and what the mood has beside that. */
function offeredWith(device: Device, had: readonly string[]) {
  const offered = offeredLabels(entriesOf(device));
  const others = had.filter((label) => !offered.some((one) => one.label === label));
  return [...offered, ...others.map((label) => ({ label, letter: null }))];
}

/** What has been added or taken away; null: nothing has. */
function editOf(
  mood: MoodEntry,
  { had, taken, note }: { had: readonly string[]; taken: readonly string[]; note: string | null },
): MoodEdit | null {
  const added = taken.filter((label) => !had.includes(label));
  const removed = had.filter((label) => !taken.includes(label));
  const isSameNote = note === mood.note;
  if (added.length + removed.length === 0 && isSameNote) return null;
  return {
    ...(added.length + removed.length > 0 ? { activities: { added, removed, createSimilar: true } } : {}),
    ...(isSameNote ? {} : { note }),
  };
}

/** A stored note is not shown unasked: others may be looking. */
function noteParts(note: string, mood: MoodEntry, style: TerminalStyle): Part {
  if (note === "") return style.dim("none; n writes one");
  return note === mood.note ? style.dim("there is one; n shows it") : verbatim(note);
}

function clockOf({ recorded_at }: MoodEntry): string {
  return formatClock(parseTimestamp(recorded_at)!);
}

function momentOf({ recorded_at }: MoodEntry, now: ZonedTime): string {
  return formatMoment(parseTimestamp(recorded_at)!, now);
}
