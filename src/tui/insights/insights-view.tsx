import { useMemo, useRef, useState } from "react";
import { twelveMonthsTo } from "../../figures/mood-figures.ts";
import { type MoodSpan, moodSpan } from "../../figures/mood-span.ts";
import { dateOfDay } from "../../input/calendar.ts";
import { todayOf } from "../../input/period.ts";
import type { Period } from "../../input/period-words.ts";
import { firstMoodDay } from "../../local/queries/mood-days.ts";
import { monthRangeWords } from "../../output/day-words.ts";
import { inWords } from "../../output/screen/in-words.ts";
import { pageAt, pageTabs, TAB_ROWS } from "../../output/screen/page-tabs.ts";
import type { Line, TerminalStyle } from "../../output/terminal-style.ts";
import { calendarSettings } from "../../settings/calendar-settings.ts";
import { readSettings } from "../../settings/settings-file.ts";
import { useRoot } from "../app-root.tsx";
import { VIEW_TOP } from "../components/app-shell.tsx";
import { Lines } from "../components/lines.tsx";
import { ROWS_BELOW, ViewFrame } from "../components/view-frame.tsx";
import { type Help, letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { useDatabaseValue } from "../use-database-value.ts";
import { useNow } from "../use-now.ts";
import type { ViewProps } from "../view-props.ts";
import { type DrawnInsight, INSIGHT_PAGES, type InsightPage, insightSteps } from "./insight-page.ts";
import { daysOfPeriod, periodName, type ShownPeriod, turned, turnedYear } from "./period.ts";
import { useCalculated } from "./use-calculated.ts";

const FALLBACK: ShownPeriod = { kind: "90 days", back: 0 };
const LAST_YEAR: ShownPeriod = { kind: "1 year", back: 0 };
/** In fewer columns a year is named by its number. */
const COLUMNS_FOR_MONTHS = 76;

/** How a page is looked at; each keeps its own. */
interface PageState {
  period: ShownPeriod;
  /** The row whose details can be opened; null: none was chosen yet. */
  selected: string | null;
  isOpen: boolean;
  /** The first line that is seen, where lines are not rows. */
  offset: number;
}

/** Moods over time, a year of days, what goes with them, and assessments: what the commands print, on pages. */
export function InsightsView({ device, width, height }: ViewProps) {
  const { db, nowMs } = device;
  const { style, message, say, dataVersion } = useRoot();
  const now = useNow(nowMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says when to read again
  const calendar = useMemo(
    () => calendarSettings(readSettings(device.home.configDir)),
    [device, dataVersion],
  );
  const today = todayOf({ nowMs: now.ms, ...calendar });
  const { value: first, problem } = useDatabaseValue(
    db,
    () => firstMoodDay(db, calendar.dayStartMs) ?? today,
  );
  const [page, setPage] = useState<InsightPage>("Trend");
  const [states, setStates] = useState<Partial<Record<InsightPage, PageState>>>({});
  const [lag, setLag] = useState<0 | 1>(0);
  const [byWeeks, setByWeeks] = useState(false);
  const [hasNumbers, setNumbers] = useState(false);
  const state = states[page] ?? {
    period: page === "Year" ? LAST_YEAR : FALLBACK,
    selected: null,
    isOpen: false,
    offset: 0,
  };
  const { value: asked } = useDatabaseValue(
    db,
    () => moodSpan(db, daysOfPeriod(state.period, today), { today, ...calendar }),
    [JSON.stringify(state.period), today],
  );
  const key = JSON.stringify([page, page === "Assessments" ? null : state.period, today, lag, byWeeks]);
  const { value: drawn, isSlow } = useCalculated(key, () =>
    insightSteps({ ...asked, page, now, lag, byWeeks }),
  );
  // Where the lines that are seen begin, below the top of the view.
  const seen = useRef({ top: TAB_ROWS, last: 0 });
  const rows = (!hasNumbers && drawn?.rows) || [];
  // Of months the last one is the nearest; everywhere else the first row is.
  const nearest = page === "Year" ? rows.at(-1) : rows[0];
  const selected = rows.includes(state.selected ?? "") ? state.selected : (nearest ?? null);
  const isOpen = state.isOpen && selected !== null && drawn?.open !== undefined;

  function set(change: Partial<PageState>): void {
    setStates({ ...states, [page]: { ...state, ...change } });
  }

  function turn(step: -1 | 1): void {
    if (page === "Assessments") return;
    const { period } = state;
    const next = (page === "Year" ? turnedYear : turned)(period, step, { first, today });
    set({ period: next, offset: 0, isOpen: false });
  }

  function move(step: number): void {
    if (rows.length === 0 || isOpen)
      set({ offset: Math.max(0, Math.min(seen.current.last, state.offset + step)) });
    else set({ selected: within(rows, rows.indexOf(selected!) + step) });
  }

  function click(row: number, column: number): boolean {
    if (row < VIEW_TOP) return false;
    const names = INSIGHT_PAGES;
    const clicked =
      row === VIEW_TOP ? pageAt(column, { names, open: names.indexOf(page) }, width, style) : null;
    if (clicked !== null) setPage(names[clicked]!);
    else if (!isOpen) {
      const line = row - VIEW_TOP - seen.current.top;
      const chosen = rows.find((one) => rowWithMark(drawn!.draw(width, style, one), style) === line);
      if (chosen !== undefined) set({ selected: chosen });
    }
    return true;
  }

  useKeys("view", (pressed) => {
    const letter = letterOf(pressed);
    if (letter !== null && /^[1-4]$/.test(letter)) setPage(INSIGHT_PAGES[Number(letter) - 1]!);
    else if (pressed.name === "left") turn(-1);
    else if (pressed.name === "right") turn(1);
    else if (pressed.name === "up" || pressed.name === "wheelUp") move(-1);
    else if (pressed.name === "down" || pressed.name === "wheelDown") move(1);
    else if (pressed.name === "pageUp") move(-10);
    else if (pressed.name === "pageDown") move(10);
    else if (pressed.name === "click") return click(pressed.row, pressed.column);
    else if (pressed.name === "enter" && drawn?.open && selected) set({ isOpen: !isOpen, offset: 0 });
    else if (pressed.name === "escape" && isOpen) set({ isOpen: false, offset: 0 });
    else if (letter === "n") setNumbers(!hasNumbers);
    else if (letter === "w" && page === "Year") setByWeeks(!byWeeks);
    else if (letter === "l" && page === "Activities") setLag(lag === 0 ? 1 : 0);
    else if (letter === "r") say({ tone: "note", text: REPORT, hint: REPORT_HINT });
    else return false;
    return true;
  });

  const tabs = pageTabs(INSIGHT_PAGES, INSIGHT_PAGES.indexOf(page), width, style, [
    "← ",
    style.bold(nameOf(page, state.period, { today, asked, width })),
    " →",
  ]);
  const lines = useMemo(
    () => (drawn ? linesOf(drawn, { selected, isOpen, hasNumbers, width, style }) : []),
    [drawn, selected, isOpen, hasNumbers, width, style],
  );
  const keys = keysOf(page, {
    hasNumbers,
    isOpen,
    scrolls: lines.length > height - ROWS_BELOW - TAB_ROWS + 1,
    byWeeks,
    opens: drawn?.open !== undefined && rows.length > 0,
  });
  return (
    <ViewFrame {...{ width, height, keys }} message={problem ?? message}>
      {(room) => {
        const shown = !drawn && isSlow ? [style.line("  calculating")] : lines;
        // Where not everything has room, without the blank row below the tabs.
        const tabRows = shown.length > room - TAB_ROWS ? TAB_ROWS - 1 : TAB_ROWS;
        const height = room - tabRows;
        const last = Math.max(0, shown.length - height);
        const marked = rows.length === 0 || isOpen ? -1 : rowWithMark(shown, style);
        // Its row stays in sight.
        const from = Math.min(marked < 0 ? state.offset : Math.max(0, marked - Math.floor(height / 3)), last);
        seen.current = { top: tabRows - from, last };
        return (
          <Lines lines={[...tabs, style.line()].slice(0, tabRows).concat(shown.slice(from, from + height))} />
        );
      }}
    </ViewFrame>
  );
}

const REPORT = "`moodsync report -o report.html` writes one page to print.";
const REPORT_HINT = "It says what it holds before you give it to anybody.";

function within(rows: readonly string[], index: number): string {
  return rows[Math.max(0, Math.min(rows.length - 1, index))]!;
}

/** A page as it is looked at: its picture, the same as a fact a line, or one of its rows in full. */
function linesOf(
  drawn: DrawnInsight,
  shown: {
    selected: string | null;
    isOpen: boolean;
    hasNumbers: boolean;
    width: number;
    style: TerminalStyle;
  },
): readonly Line[] {
  const { selected, isOpen, hasNumbers, width, style } = shown;
  if (isOpen) return drawn.open!(selected!, width, style);
  if (!hasNumbers) return drawn.draw(width, style, selected);
  return inWords(width, style, (columns, plain) => drawn.draw(columns, plain, null));
}

function rowWithMark(lines: readonly Line[], { glyphs }: TerminalStyle): number {
  return lines.findIndex((line) => line.startsWith(` ${glyphs.selected}`));
}

/** "90 days", or its months where it does not end today; of a year its months. */
function nameOf(
  page: InsightPage,
  period: ShownPeriod,
  { today, asked, width }: { today: number; asked: MoodSpan; width: number },
): string {
  if (page === "Assessments") return "all";
  if (page !== "Year") return periodName(period, (days) => monthsOf(days, asked), today);
  const { to } = daysOfPeriod(period, today);
  return width < COLUMNS_FOR_MONTHS
    ? String(dateOfDay(to!).year)
    : monthRangeWords(twelveMonthsTo(to!, today));
}

function monthsOf({ from, to }: Period, { span }: MoodSpan): string {
  return monthRangeWords({ from: from ?? span.from, to: to ?? span.to });
}

function keysOf(
  page: InsightPage,
  shown: { hasNumbers: boolean; isOpen: boolean; scrolls: boolean; byWeeks: boolean; opens: boolean },
): Help[] {
  const { hasNumbers, isOpen, scrolls, byWeeks, opens } = shown;
  const scroll: Help[] = scrolls ? [["↑↓", "scroll"]] : [];
  if (isOpen) {
    return [["?", "keys"], ["Esc", "back"], ...scroll, ["Tab", "next view", "view"], ["q", "quit"]];
  }
  const own: Record<InsightPage, readonly Help[]> = {
    Trend: [["←→", "period"]],
    Year: [
      ["←→", "year"],
      ["w", byWeeks ? "by months" : "by weeks", byWeeks ? "months" : "weeks"],
      ...(opens ? [["Enter", "a month", "month"] as const] : []),
    ],
    Activities: [
      ...(hasNumbers ? [] : [["↑↓", "explain another", "explain"] as const]),
      ["l", "next day"],
      ["←→", "period"],
    ],
    Assessments: [...(opens ? [["Enter", "one result", "result"] as const] : []), ["d", "check in"]],
  };
  return [
    ["?", "keys"],
    ["1–4", "page"],
    ...own[page],
    ...(hasNumbers || page === "Trend" ? scroll : []),
    ["n", hasNumbers ? "picture" : "numbers"],
    ["r", "report"],
    ["Tab", "next view", "view"],
    ["q", "quit"],
  ];
}
