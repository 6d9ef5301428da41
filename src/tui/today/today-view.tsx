import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { MINUTE_MS } from "../../domain/time/durations.ts";
import { localDay } from "../../domain/time/local-day.ts";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import { logMood } from "../../entries/log-mood.ts";
import { calendarMonthOf } from "../../figures/mood-figures.ts";
import { systemZone } from "../../input/system-zone.ts";
import { activitiesById } from "../../local/queries/activities.ts";
import { readDay } from "../../local/queries/today.ts";
import { readWeek } from "../../local/queries/week.ts";
import { readRow } from "../../local/versions/rows.ts";
import { beside } from "../../output/beside.ts";
import { calendarLines } from "../../output/calendar-lines.ts";
import { fitBlocks } from "../../output/screen/blocks.ts";
import { tileAt } from "../../output/screen/mood-tiles.ts";
import { firstRunBlocks, todayBlocks } from "../../output/screen/today-blocks.ts";
import type { Line } from "../../output/terminal-style.ts";
import { calendarSettings } from "../../settings/calendar-settings.ts";
import { readSettings } from "../../settings/settings-file.ts";
import type { Device } from "../../sync/device.ts";
import { useRoot } from "../app-root.tsx";
import { VIEW_TOP } from "../components/app-shell.tsx";
import { Lines } from "../components/lines.tsx";
import type { Message } from "../components/message.ts";
import { ViewFrame } from "../components/view-frame.tsx";
import { entriesOf } from "../entries/device-entries.ts";
import { useAttempt } from "../entries/use-attempt.ts";
import { type Help, letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { useDatabaseValue } from "../use-database-value.ts";
import { useNow } from "../use-now.ts";
import type { ViewProps } from "../view-props.ts";
import { MoodPicker } from "./mood-picker.tsx";
import { isFirstRun, unfinishedMood, unfinishedNote } from "./unfinished-note.ts";

const KEYS: readonly Help[] = [
  ["?", "keys"],
  ["1–5", "log"],
  ["n", "note"],
  ["a", "activities"],
  ["d", "check in"],
  ["u", "undo"],
  ["Tab", "view"],
  ["q", "quit"],
];
const FIRST_KEYS: readonly Help[] = [
  ["?", "keys"],
  ["1–5", "log"],
  ["Tab", "look around"],
  ["q", "quit"],
];

/** From so many columns on, which are those of a terminal of 112 within its margins, the month stands at the right. */
const COLUMNS_FOR_MONTH = 110;
const DAY_COLUMNS = 80;
/** Of the month, with its margin. */
const MONTH_COLUMNS = 37;

/** How the day stands, and a mood with one key. */
export function TodayView({ device, width, height }: ViewProps) {
  const { db, nowMs } = device;
  const { style, changed, message, say } = useRoot();
  const now = useNow(nowMs);
  const hasMonth = width >= COLUMNS_FOR_MONTH;
  const minute = Math.floor(now.ms / MINUTE_MS);
  const { value: shown, problem } = useDatabaseValue(db, () => readShown(device, now, hasMonth), [
    minute,
    hasMonth,
  ]);
  const [unfinished, setUnfinished] = useState(() => unfinishedMood(device));
  const [picked, setPicked] = useState<{ id: string; isNew: boolean; field: "note" | null } | null>(null);
  const attempt = useAttempt();
  /** The lines at the left, for clicks. */
  const drawn = useRef<readonly Line[]>([]);
  const columns = hasMonth ? Math.min(DAY_COLUMNS, width - MONTH_COLUMNS) : width;
  const latest = unfinished ?? shown.day.moods.at(-1);
  const { value: mood } = useDatabaseValue(
    db,
    () => (picked === null ? null : (readRow(db, "MoodEntry", picked.id)?.entity as MoodEntry | null)),
    [picked?.id],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: offered once, when the view opens
  useEffect(() => {
    if (unfinished) say(unfinishedNote(device, unfinished, now));
  }, []);

  // Whatever ends the picking: what belongs to a new mood has been added to it by then.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the device stays
  useLayoutEffect(
    () => () => {
      if (picked?.isNew) device.logged({ entityType: "MoodEntry", id: picked.id });
    },
    [picked],
  );

  function log(value: number): void {
    attempt(() => {
      const { mood } = logMood(entriesOf(device), { value });
      // The draft stays and is offered next time; n now means the mood that was just logged.
      setUnfinished(null);
      setPicked({ id: mood.id, isNew: true, field: null });
      return null;
    });
  }

  function pick(field: "note" | null): void {
    if (latest) setPicked({ id: latest.id, isNew: false, field });
    else say({ tone: "note", text: "Log a mood first, then n adds a note to it." });
  }

  useKeys(
    "view",
    (key) => {
      const letter = letterOf(key);
      if (letter !== null && /^[1-5]$/.test(letter)) log(Number(letter));
      else if (key.name === "click" && key.row >= VIEW_TOP) {
        const level = tileAt({ ...key, row: key.row - VIEW_TOP }, drawn.current, columns, style);
        if (level !== null) log(level);
      } else if (letter === "n") pick("note");
      else if (letter === "a") pick(null);
      else return false;
      return true;
    },
    { isActive: !mood },
  );

  function close(said: Message | null): void {
    setPicked(null);
    setUnfinished(null);
    say(said);
    changed();
  }

  if (picked && mood) {
    return (
      <MoodPicker
        key={picked.id}
        {...{ device, mood, now, width, height }}
        isNew={picked.isNew}
        opensNote={picked.field === "note"}
        onClose={close}
      />
    );
  }
  const { day, week, activities, dayStartMs, isFirst, month } = shown;
  const blocks = isFirst
    ? firstRunBlocks(width, style)
    : todayBlocks({ day, week, activities, now, dayStartMs }, columns, style);
  return (
    <ViewFrame {...{ width, height }} keys={isFirst ? FIRST_KEYS : KEYS} message={problem ?? message}>
      {(room) => {
        const left = fitBlocks(blocks, room, style);
        drawn.current = left;
        return (
          <Lines
            lines={
              month && !isFirst
                ? beside(
                    left,
                    calendarLines(
                      month,
                      width - columns,
                      style,
                      calendarSettings(readSettings(device.home.configDir)),
                    ),
                    columns,
                  )
                : left
            }
          />
        );
      }}
    </ViewFrame>
  );
}

function readShown(device: Device, now: ZonedTime, hasMonth: boolean) {
  const { db, home } = device;
  const calendar = calendarSettings(readSettings(home.configDir));
  const { dayStartMs } = calendar;
  const today = localDay(now, dayStartMs);
  const day = readDay(db, { nowMs: now.ms, zone: systemZone, dayStartMs });
  const isFirst = isFirstRun(db, day);
  return {
    day,
    dayStartMs,
    isFirst,
    week: { days: readWeek(db, { now, dayStartMs }) },
    activities: activitiesById(db),
    month: hasMonth ? calendarMonthOf({ db, dayStartMs, today }, today) : null,
  };
}
