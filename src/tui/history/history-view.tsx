import { Box } from "ink";
import { useEffect, useMemo, useRef, useState } from "react";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { localDay } from "../../domain/time/local-day.ts";
import type { MoodEdit } from "../../entries/apply-edit.ts";
import { deleteEntries } from "../../entries/delete-entries.ts";
import { editEntry } from "../../entries/edit-entry.ts";
import { knownOfEntry } from "../../entries/known-of-entry.ts";
import type { ListFilter } from "../../entries/list-entries.ts";
import { openNoteDrafts } from "../../entries/note-drafts.ts";
import { forgetOldDrafts } from "../../entries/old-drafts.ts";
import { readTypedFilter, typedSearch } from "../../entries/typed-filter.ts";
import { monthFiguresOf } from "../../figures/mood-figures.ts";
import { activitiesById, currentActivities, shownLabels } from "../../local/queries/activities.ts";
import type { StoredRow } from "../../local/versions/rows.ts";
import { beside } from "../../output/beside.ts";
import { entityLine } from "../../output/entity-line.ts";
import type { ListedEntry } from "../../output/entry-list.ts";
import { fitLine } from "../../output/fit-line.ts";
import { counted } from "../../output/number-words.ts";
import {
  type HistoryRow,
  historyDetails,
  historyLines,
  type MonthFigures,
} from "../../output/screen/history-lines.ts";
import { type Line, verbatim } from "../../output/terminal-style.ts";
import { calendarSettings } from "../../settings/calendar-settings.ts";
import { readSettings } from "../../settings/settings-file.ts";
import { useRoot } from "../app-root.tsx";
import { VIEW_TOP } from "../components/app-shell.tsx";
import { useAsk } from "../components/ask.ts";
import { Lines } from "../components/lines.tsx";
import { type Message, problemMessage } from "../components/message.ts";
import { TextField } from "../components/text-field.tsx";
import { useScroll } from "../components/use-scroll.ts";
import { ViewFrame } from "../components/view-frame.tsx";
import { entriesOf } from "../entries/device-entries.ts";
import { useAttempt } from "../entries/use-attempt.ts";
import { type Help, letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { useDatabaseValue } from "../use-database-value.ts";
import { useNow } from "../use-now.ts";
import type { ViewProps } from "../view-props.ts";
import { MoodEditor } from "./mood-editor.tsx";
import { useTimeline } from "./use-timeline.ts";

type Opened = "list" | "search" | "details" | "editor";

const EVERYTHING: ListFilter = {};
const SEARCH_KEYS: readonly Help[] = [
  ["Enter", "keep the search"],
  ["Esc", "end it"],
];
/** From so many columns on the details stand beside the list. */
const COLUMNS_FOR_DETAILS = 100;
const TITLE_ROWS = 1;

/** Moods and assessments, newest first: scroll, search, show one, edit it, delete it, and undo. */
export function HistoryView({ device, width, height }: ViewProps) {
  const { db, nowMs } = device;
  const { style, message, say, dataVersion } = useRoot();
  const now = useNow(nowMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says when to read again
  const settings = useMemo(() => readSettings(device.home.configDir), [device, dataVersion]);
  const calendar = calendarSettings(settings);
  const { dayStartMs } = calendar;
  const today = localDay(now, dayStartMs);
  const attempt = useAttempt();
  const ask = useAsk();
  const [opened, setOpened] = useState<Opened>("list");
  const [search, setSearch] = useState<{ text: string; filter: ListFilter }>({
    text: "",
    filter: EVERYTHING,
  });
  const [notes, setNotes] = useState(settings["notes.lists"] === "shown");
  const [marked, setMarked] = useState<readonly StoredRow[]>([]);
  const rows = Math.max(1, height - 3 - TITLE_ROWS);
  const timeline = useTimeline(db, search.filter, rows - 1);
  const { selected } = timeline;
  const { value: known } = useDatabaseValue(db, () => ({
    activities: currentActivities(db),
    byId: activitiesById(db),
    labels: shownLabels(db),
  }));
  // What was shown may have been deleted by another process.
  const shown = selected ? opened : opened === "search" ? "search" : "list";
  const hasDetails = width >= COLUMNS_FOR_DETAILS;
  /** The rows that are seen, for clicks. */
  const drawn = useRef<readonly HistoryRow[]>([]);
  const monthOf = useMonthFigures({ db, dayStartMs, today });

  async function searchFor(text: string): Promise<void> {
    const days = { nowMs: nowMs(), ...calendar };
    try {
      const filter = text.trim() === "" ? EVERYTHING : await readTypedFilter(typedSearch(text), days);
      setSearch((before) => (before.text === text ? { text, filter } : before));
    } catch (error) {
      say(problemMessage(error));
    }
  }

  function type(text: string): void {
    say(null);
    setSearch((before) => ({ ...before, text }));
    void searchFor(text);
  }

  function endSearch(): void {
    setSearch({ text: "", filter: EVERYTHING });
    setOpened("list");
  }

  function edit(): void {
    if (selected?.entityType === "MoodEntry") setOpened("editor");
    else say({ tone: "note", text: "`moodsync edit` changes an assessment." });
  }

  function remove(): void {
    if (marked.length > 0) {
      ask({
        text: `Delete the ${counted(marked.length, "marked entry", "marked entries")}?`,
        onYes: () => deleteAll(marked),
      });
    } else deleteAll([selected!]);
  }

  function deleteAll(targets: readonly StoredRow[]): void {
    attempt(() => {
      deleteEntries(entriesOf(device), targets);
      forgetOldDrafts(entriesOf(device), device.home.stateDir);
      setOpened("list");
      setMarked([]);
      const [first] = targets;
      const what =
        targets.length === 1
          ? entityLine(first!.entityType, first!.entity!, { now, labels: known.labels })
          : counted(targets.length, "entry", "entries");
      return { tone: "done", text: `Deleted ${what}.`, hint: "u brings it back." };
    });
  }

  function mark(): void {
    const isMarked = marked.some(({ id }) => id === selected!.id);
    setMarked(isMarked ? marked.filter(({ id }) => id !== selected!.id) : [...marked, selected!]);
    timeline.select(timeline.index + 1);
  }

  function change(edit: MoodEdit): boolean {
    return attempt(
      () => {
        const { isChanged } = editEntry(entriesOf(device), selected!, edit);
        return isChanged
          ? { tone: "done", text: "Changed.", hint: "Earlier versions stay in its history." }
          : { tone: "note", text: "Nothing changed." };
      },
      () => openNoteDrafts(device.home).fileOf(selected!.id),
    );
  }

  const details = selected && (hasDetails || shown === "details") ? selected : null;
  const detailLines = useMemo((): readonly Line[] => {
    if (!details) return [];
    const { entityType, entity } = details;
    const found = knownOfEntry(db, { entityType, content: entity! }, dayStartMs);
    const columns = shown === "details" ? width - 2 : width - listColumns(width) - 4;
    return historyDetails(
      { entityType, entity: entity!, now, ...found },
      { hasNotes: notes },
      columns,
      style,
    );
  }, [db, details, dayStartMs, now, notes, width, shown, style]);
  useChangedElsewhere(shown === "details" || shown === "editor" ? selected : undefined);
  const scroll = useScroll(detailLines.length, rows);

  useKeys(
    "view",
    (key) => {
      if (shown === "list" && timeline.onKey(key)) return true;
      if (shown === "details" && scroll.onKey(key)) return true;
      if (key.name === "click" && key.row >= VIEW_TOP) {
        const index = shown === "list" ? drawn.current[key.row - VIEW_TOP - TITLE_ROWS]?.index : null;
        if (typeof index === "number") timeline.select(index);
        return true;
      }
      const letter = letterOf(key);
      if (letter === "/" && shown === "list") setOpened("search");
      else if (letter === "v") setNotes(!notes);
      else if (key.name === "escape" && shown === "details") setOpened("list");
      else if (key.name === "escape" && marked.length > 0) setMarked([]);
      else if (key.name === "escape" && search.text !== "") endSearch();
      else if (letter === "e" && selected) edit();
      else if (letter === "d" && selected) remove();
      else if (letter === " " && selected && shown === "list") mark();
      else if (key.name === "enter" && selected) setOpened(shown === "details" ? "list" : "details");
      else return false;
      return true;
    },
    { isActive: shown !== "editor" && shown !== "search" },
  );

  const title = titleOf(timeline.count, marked.length);
  const keys = keysOf(shown, { notes, hasRows: timeline.rows.length > 0, isSearching: search.text !== "" });
  return (
    <ViewFrame {...{ width, height, keys }} message={timeline.problem ?? message}>
      {(room) => {
        if (shown === "editor") {
          return (
            <MoodEditor
              mood={selected!.entity as MoodEntry}
              labels={known.labels}
              activities={known.activities}
              byId={known.byId}
              {...{ device, now, width }}
              height={room}
              onChange={change}
              onProblem={(error) => say(problemMessage(error))}
              onClose={() => setOpened("list")}
            />
          );
        }
        if (shown === "details") {
          return (
            <Box marginLeft={2}>
              <Lines lines={detailLines.slice(scroll.offset, scroll.offset + room)} />
            </Box>
          );
        }
        const list = {
          entries: timeline.rows.map(listed),
          activities: known.byId,
          notes,
          now,
          dayStartMs,
          selected: timeline.index,
          marked: new Set(marked.map(({ id }) => id)),
          monthOf: search.text === "" ? monthOf : null,
        };
        const columns = hasDetails ? listColumns(width) : width;
        drawn.current =
          timeline.rows.length === 0 ? [] : historyLines(list, { columns, rows: room - TITLE_ROWS }, style);
        const left =
          timeline.rows.length === 0
            ? [style.line(), fitLine(width, ["  ", ...emptyWords(search.text)], style)]
            : drawn.current.map(({ line }) => line);
        const pane = Array.from(
          { length: room - TITLE_ROWS },
          (_, at) => style.line(style.dim(style.glyphs.axis), "  ", "") + (detailLines[at] ?? ""),
        ) as Line[];
        return (
          <Box flexDirection="column">
            <Box height={TITLE_ROWS} flexShrink={0}>
              <Lines
                lines={[
                  style.line(
                    "  ",
                    style.bold(title),
                    search.text === "" && shown !== "search" ? "" : "   / ",
                  ),
                ]}
              />
              {shown === "search" ? (
                <TextField
                  initial={search.text}
                  keys={SEARCH_KEYS}
                  width={width - title.length - 8}
                  onChange={type}
                  onLeave={() => setOpened("list")}
                  onCancel={endSearch}
                />
              ) : (
                <Lines
                  lines={
                    search.text === ""
                      ? []
                      : [fitLine(width - title.length - 8, [verbatim(search.text)], style)]
                  }
                />
              )}
            </Box>
            <Lines lines={hasDetails && selected ? beside(left, pane, columns) : left} />
          </Box>
        );
      }}
    </ViewFrame>
  );
}

/** Says it where the entry that is open is changed by another device or another process. */
function useChangedElsewhere(open: StoredRow | undefined): void {
  const { changesOfOthers, say } = useRoot();
  const last = useRef<{ id: string; updatedAt: string; changesOfOthers: number } | null>(null);
  const updatedAt = open?.content?.metadata.updated_at;
  useEffect(() => {
    const before = last.current;
    last.current = open && updatedAt !== undefined ? { id: open.id, updatedAt, changesOfOthers } : null;
    const isSame = before !== null && before.id === open?.id;
    if (isSame && before.updatedAt !== updatedAt && before.changesOfOthers !== changesOfOthers) {
      say(CHANGED_ELSEWHERE);
    }
  }, [open, updatedAt, changesOfOthers, say]);
}

const CHANGED_ELSEWHERE: Message = {
  tone: "note",
  text: "This entry was changed elsewhere a moment ago; both versions are in its history.",
};

/** Columns of the list where the details stand beside it. */
function listColumns(width: number): number {
  return Math.min(62, Math.floor(width / 2) + 2);
}

function listed({ id, entityType, entity }: StoredRow): ListedEntry {
  return { id, entityType, entity } as ListedEntry;
}

/** The figures of months, each read once until the data changes. */
function useMonthFigures(asked: Parameters<typeof monthFiguresOf>[0]): (day: number) => MonthFigures {
  const { dataVersion } = useRoot();
  const { db, dayStartMs, today } = asked;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says when to read again
  return useMemo(() => {
    const byMonth = new Map<string, MonthFigures>();
    return (day) => {
      const month = new Date(day * 86_400_000).toISOString().slice(0, 7);
      const found = byMonth.get(month) ?? monthFiguresOf({ db, dayStartMs, today }, day);
      byMonth.set(month, found);
      return found;
    };
  }, [db, dayStartMs, today, dataVersion]);
}

function titleOf(count: number, marked: number): string {
  const entries = counted(count, "entry", "entries");
  return marked === 0 ? entries : `${entries}, ${marked} marked`;
}

function emptyWords(search: string) {
  if (search === "") return ["Nothing yet. 1 to 5 in Today begins."];
  return ['Nothing matches "', verbatim(search), '". Esc ends the search.'];
}

/** Only what does something now. */
function keysOf(
  shown: Opened,
  { notes, hasRows, isSearching }: { notes: boolean; hasRows: boolean; isSearching: boolean },
): Help[] {
  const notesKey: Help = ["v", notes ? "hide notes" : "show notes", "notes"];
  switch (shown) {
    case "search":
      return [...SEARCH_KEYS];
    case "editor":
      return [
        ["↑↓", "move"],
        ["Enter", "change, store"],
        ["Esc", "back"],
      ];
    case "details":
      return [
        ["?", "keys"],
        ["↑↓", "scroll"],
        ["e", "edit"],
        ["d", "delete"],
        notesKey,
        ["Esc", "back"],
        ["q", "quit"],
      ];
    case "list": {
      const ofRows: Help[] = [
        ["↑↓", "move"],
        ["Enter", "show"],
        ["e", "edit"],
        ["d", "delete"],
      ];
      return [
        ["?", "keys"],
        ...(hasRows ? ofRows : []),
        ["u", "undo"],
        ["/", "search"],
        ...(hasRows ? [notesKey] : []),
        ...(isSearching ? [["Esc", "end the search", "end it"] as Help] : []),
        ["q", "quit"],
      ];
    }
  }
}
