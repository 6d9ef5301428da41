import { Box } from "ink";
import { useMemo, useState } from "react";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import type { MoodEdit } from "../../entries/apply-edit.ts";
import { deleteEntries } from "../../entries/delete-entries.ts";
import { editEntry } from "../../entries/edit-entry.ts";
import { forgetOldDrafts } from "../../entries/old-drafts.ts";
import { readTimeline, searchTimeline } from "../../entries/timeline.ts";
import { entityLine } from "../../output/entity-line.ts";
import { singleLine } from "../../output/terminal-text.ts";
import { problemMessage } from "../components/message.ts";
import { Text } from "../components/text.tsx";
import { TextField } from "../components/text-field.tsx";
import { useSelection } from "../components/use-selection.ts";
import { FRAME_ROWS, ViewFrame } from "../components/view-frame.tsx";
import { entriesOf, undoLastCommand } from "../entries/device-entries.ts";
import { useEntryActions } from "../entries/use-entry-actions.ts";
import { type Help, letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { useDatabaseValue } from "../use-database-value.ts";
import { useNow } from "../use-now.ts";
import type { ViewProps } from "../view-props.ts";
import { EntryDetails } from "./entry-details.tsx";
import { EntryList } from "./entry-list.tsx";
import { MoodEditor } from "./mood-editor.tsx";

type Opened = "list" | "search" | "details" | "editor";

const KEYS_OF = {
  list: [
    ["Enter", "show"],
    ["e", "edit"],
    ["d", "delete"],
    ["u", "undo"],
    ["/", "search"],
    ["q", "quit"],
  ],
  search: [
    ["Enter", "keep the search"],
    ["Esc", "end it"],
  ],
  details: [
    ["↑↓", "scroll"],
    ["e", "edit"],
    ["d", "delete"],
    ["Esc", "back"],
    ["q", "quit"],
  ],
  editor: [
    ["↑↓", "move"],
    ["Enter", "change, store"],
    ["Esc", "back"],
  ],
} as const;

const TITLE_ROWS = 2;

/** Moods and assessments, newest first: scroll, search, show one, edit it, delete it, and undo. */
export function HistoryView({ device, width, height }: ViewProps) {
  const { db, nowMs } = device;
  const now = useNow(nowMs);
  const { value: entries, problem, changed } = useDatabaseValue(db, () => readTimeline(db));
  const { message, say, attempt } = useEntryActions(changed);
  const [opened, setOpened] = useState<Opened>("list");
  const [search, setSearch] = useState("");
  const { value: rows } = useDatabaseValue(db, () => searchTimeline(db, entries, search), [entries, search]);
  const selection = useSelection(useMemo(() => rows.map(({ id }) => id), [rows]));
  const selected = rows[selection.index];
  // What was shown may have been deleted by another process.
  const shown = selected ? opened : opened === "search" ? "search" : "list";

  function edit(): void {
    if (selected?.entityType === "MoodEntry") setOpened("editor");
    else say({ tone: "note", text: "`moodsync edit` changes an assessment." });
  }

  function remove(): void {
    attempt(() => {
      deleteEntries(entriesOf(device), [selected!]);
      forgetOldDrafts(entriesOf(device), device.home.stateDir);
      setOpened("list");
      const line = entityLine(selected!.entityType, selected!.entity!, { now, labels: entries.labels });
      return { tone: "done", text: `Deleted ${line}.`, hint: "u brings it back." };
    });
  }

  function change(edit: MoodEdit): boolean {
    let isDone = false;
    attempt(() => {
      const { isChanged } = editEntry(entriesOf(device), selected!, edit);
      isDone = true;
      return isChanged
        ? { tone: "done", text: "Changed.", hint: "Earlier versions stay in its history." }
        : { tone: "note", text: "Nothing changed." };
    });
    return isDone;
  }

  useKeys(
    "view",
    (key) => {
      if (shown === "list" && selection.onKey(key)) return true;
      const letter = letterOf(key);
      if (letter === "u") attempt(() => undoLastCommand(device));
      else if (letter === "/" && shown === "list") setOpened("search");
      else if (key.name === "escape" && shown === "details") setOpened("list");
      else if (key.name === "escape" && search !== "") setSearch("");
      else if (letter === "e" && selected) edit();
      else if (letter === "d" && selected) remove();
      else if (key.name === "enter" && selected) setOpened("details");
      else return false;
      return true;
    },
    { isActive: shown !== "editor" && shown !== "search" },
  );

  const room = height - FRAME_ROWS - TITLE_ROWS;
  return (
    <ViewFrame
      {...{ width, height, keys: keysOf(shown, { hasRows: rows.length > 0, isSearching: search !== "" }) }}
      message={problem ?? message}
    >
      <Text wrap="truncate">
        <Text bold> {titleOf(shown, rows.length, entries.rows.length)}</Text>
        {shown === "search" ? (
          <>
            {" · search: "}
            <TextField
              initial={search}
              keys={KEYS_OF.search}
              width={width - 40}
              onChange={setSearch}
              onLeave={() => setOpened("list")}
              onCancel={() => {
                setSearch("");
                setOpened("list");
              }}
            />
          </>
        ) : search === "" ? null : (
          ` · search: ${singleLine(search)}`
        )}
      </Text>
      <Box height={1} flexShrink={0} />
      {shown === "details" ? (
        <EntryDetails row={selected!} activities={entries.byId} {...{ now, width }} height={room} />
      ) : shown === "editor" ? (
        <MoodEditor
          mood={selected!.entity as MoodEntry}
          labels={entries.labels}
          activities={entries.activities}
          byId={entries.byId}
          {...{ device, now, width }}
          height={room}
          onChange={change}
          onProblem={(error) => say(problemMessage(error))}
          onClose={() => setOpened("list")}
        />
      ) : rows.length === 0 ? (
        <Text>
          {" "}
          {search === "" ? "Nothing yet. In the Today view, 1 to 5 log how you feel." : "Nothing matches."}
        </Text>
      ) : (
        <EntryList
          {...{ rows, now, width }}
          selected={selection.index}
          labels={entries.labels}
          height={room}
        />
      )}
    </ViewFrame>
  );
}

/** Only what does something now. */
function keysOf(shown: Opened, { hasRows, isSearching }: { hasRows: boolean; isSearching: boolean }): Help[] {
  const keys: readonly Help[] = KEYS_OF[shown];
  const ofList = keys.filter(([key]) => hasRows || !["Enter", "e", "d"].includes(key));
  return shown === "list" && isSearching ? [...ofList, ["Esc", "end the search"]] : [...ofList];
}

function titleOf(opened: Opened, found: number, total: number): string {
  if (opened === "details") return "One entry";
  if (opened === "editor") return "Edit a mood";
  const entries = total === 1 ? "1 entry" : `${total} entries`;
  return found === total ? entries : `${found} of ${entries}`;
}
