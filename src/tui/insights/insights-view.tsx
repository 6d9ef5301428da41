import { useMemo, useState } from "react";
import { comparedActivities, takenResults, trendOf, twelveMonthsTo } from "../../figures/mood-figures.ts";
import { daysOf, type MoodSpan, moodSpan } from "../../figures/mood-span.ts";
import { dateOfDay } from "../../input/calendar.ts";
import { todayOf } from "../../input/period.ts";
import type { Period } from "../../input/period-words.ts";
import { type ActivityComparison, activityComparisonSteps } from "../../insights/activities.ts";
import { assessmentSeries } from "../../insights/assessments.ts";
import { weekdayPattern } from "../../insights/weekdays.ts";
import { firstMoodDay } from "../../local/queries/mood-days.ts";
import { activityLines } from "../../output/activity-lines.ts";
import { isTooEarly } from "../../output/activity-words.ts";
import { assessmentLines } from "../../output/assessment-lines.ts";
import { chartLines } from "../../output/chart-lines.ts";
import { monthRangeWords } from "../../output/day-words.ts";
import { distributionLines } from "../../output/distribution.ts";
import { pixelsLines } from "../../output/pixels-lines.ts";
import { prose } from "../../output/prose.ts";
import { pageTabs } from "../../output/screen/page-tabs.ts";
import { type Line, styleFrom, type TerminalStyle, verbatim } from "../../output/terminal-style.ts";
import { wrapWords } from "../../output/wrap-words.ts";
import { calendarSettings } from "../../settings/calendar-settings.ts";
import { readSettings } from "../../settings/settings-file.ts";
import { useRoot } from "../app-root.tsx";
import { Lines } from "../components/lines.tsx";
import { ViewFrame } from "../components/view-frame.tsx";
import { type Help, letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { useDatabaseValue } from "../use-database-value.ts";
import { useNow } from "../use-now.ts";
import type { ViewProps } from "../view-props.ts";
import { daysOfPeriod, periodName, type ShownPeriod, turned } from "./period.ts";
import { useCalculated } from "./use-calculated.ts";

const PAGES = ["Trend", "Year", "Activities", "Assessments"] as const;
type PageName = (typeof PAGES)[number];
/** The tabs and the blank line below them. */
const TAB_ROWS = 2;
const FALLBACK: ShownPeriod = { kind: "90 days", back: 0 };
const RESULTS = 5;

/** What a page shows: its lines, by how they are drawn. */
interface Drawn {
  draw(columns: number, style: TerminalStyle): readonly Line[];
  /** The activities in the order of their rows. */
  ids?: readonly string[];
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
  const [open, setOpen] = useState(0);
  const [periods, setPeriods] = useState<Partial<Record<PageName, ShownPeriod>>>({});
  const [selected, setSelected] = useState<string | null>(null);
  const [lag, setLag] = useState<0 | 1>(0);
  const [hasNumbers, setNumbers] = useState(false);
  const [offset, setOffset] = useState(0);
  const page = PAGES[open]!;
  const period = periods[page] ?? (page === "Year" ? { kind: "1 year", back: 0 } : FALLBACK);
  const asked = moodSpan(db, daysOfPeriod(period, today), { today, ...calendar });

  const key = JSON.stringify([page, period, today, lag, page === "Activities" ? selected : null]);
  const { value: drawn, isSlow } = useCalculated<Drawn>(key, () =>
    stepsOf(page, { ...asked, period, lag, named: selected }),
  );

  function show(index: number): void {
    setOpen(index);
    setOffset(0);
  }

  function turn(step: -1 | 1): void {
    if (page === "Assessments") return;
    const next =
      page === "Year"
        ? { ...period, back: Math.max(0, period.back - step) }
        : turned(period, step, { first, today });
    setPeriods({ ...periods, [page]: next });
    setOffset(0);
  }

  function move(step: number): void {
    const ids = drawn?.ids ?? [];
    if (page !== "Activities" || ids.length === 0 || hasNumbers) {
      setOffset(Math.max(0, offset + step));
      return;
    }
    const at = selected === null ? 0 : ids.indexOf(selected);
    setSelected(ids[Math.max(0, Math.min(ids.length - 1, at + step))]!);
  }

  useKeys("view", (pressed) => {
    const letter = letterOf(pressed);
    if (letter !== null && /^[1-4]$/.test(letter)) show(Number(letter) - 1);
    else if (pressed.name === "left") turn(-1);
    else if (pressed.name === "right") turn(1);
    else if (pressed.name === "up") move(-1);
    else if (pressed.name === "down") move(1);
    else if (pressed.name === "pageUp") move(-10);
    else if (pressed.name === "pageDown") move(10);
    else if (letter === "n") setNumbers(!hasNumbers);
    else if (letter === "l" && page === "Activities") setLag(lag === 0 ? 1 : 0);
    else if (letter === "r") say({ tone: "note", text: REPORT, hint: REPORT_HINT });
    else return false;
    return true;
  });

  const name =
    page === "Assessments"
      ? "all"
      : page === "Year"
        ? yearName(daysOfPeriod(period, today).to!, width)
        : periodName(period, (days) => monthsOf(days, asked), today);
  const tabs = pageTabs(PAGES, open, width, style, ["← ", style.bold(name), " →"]);
  return (
    <ViewFrame {...{ width, height }} keys={keysOf(page, hasNumbers)} message={problem ?? message}>
      {(room) => {
        const lines = drawn
          ? linesOf({ ...drawn, name: page }, { width, hasNumbers, style })
          : isSlow
            ? [style.line("  calculating")]
            : [];
        // Where not everything has room, without the blank row below the tabs.
        const tabRows = lines.length > room - TAB_ROWS ? TAB_ROWS - 1 : TAB_ROWS;
        const rows = room - tabRows;
        const last = Math.max(0, lines.length - rows);
        const row =
          page === "Activities" && !hasNumbers ? (drawn?.ids ?? []).indexOf(selected ?? "") + 1 : null;
        // Its row stays in sight.
        const from = Math.min(row === null ? offset : Math.max(0, row - Math.floor(rows / 3)), last);
        return (
          <Lines lines={[...tabs, style.line()].slice(0, tabRows).concat(lines.slice(from, from + rows))} />
        );
      }}
    </ViewFrame>
  );
}

const NO_RESULTS =
  "No results yet. d begins one; moodsync log assessment phq9 --score 9 takes one from elsewhere.";
const REPORT = "`moodsync report -o report.html` writes one page to print.";
const REPORT_HINT = "It says what it holds before you give it to anybody.";

function* stepsOf(
  page: PageName,
  asked: MoodSpan & { period: ShownPeriod; lag: 0 | 1; named: string | null },
): Generator<void, Drawn> {
  const { span, today, weekStart, lag, named } = asked;
  yield;
  switch (page) {
    case "Trend": {
      const { trend } = trendOf(asked);
      if (asked.isAll && trend.days.length === 0) {
        return { draw: (_, style) => [style.line(), style.line("  Nothing yet. 1 to 5 in Today begins.")] };
      }
      yield;
      const weekdays = weekdayPattern(trend.days);
      yield;
      return {
        draw: (columns, style) => [
          ...chartLines(trend, columns, style, { weekStart, weekdays: () => weekdays }),
          ...(style.isPlain
            ? []
            : [style.line(), ...distributionLines(trend.summary.distribution, Math.min(columns, 80), style)]),
        ],
      };
    }
    case "Year": {
      const year = twelveMonthsTo(daysOfPeriod(asked.period, today).to!);
      const days = daysOf(asked, year);
      return { draw: (columns, style) => pixelsLines({ span: year, days }, columns, style) };
    }
    case "Activities": {
      const days = daysOf(asked, span, { activities: true });
      yield;
      const comparison = yield* activityComparisonSteps(days, comparedActivities(asked), { lag });
      const ids = comparison.figures.map(({ activity }) => activity.id);
      const shown = named !== null && ids.includes(named) ? named : null;
      return {
        ids,
        draw: (columns, style) =>
          withMark(
            activityLines({ span, comparison, lag, named: shown }, columns, style),
            comparison,
            Math.max(0, ids.indexOf(shown ?? "")),
            { columns, style },
          ),
      };
    }
    case "Assessments": {
      const series = assessmentSeries(
        takenResults(asked),
        daysOf(asked, { from: Number.MIN_SAFE_INTEGER, to: today }),
      );
      const { year } = dateOfDay(today);
      return {
        draw: (columns, style) =>
          series.length === 0
            ? prose(NO_RESULTS, Math.min(columns, 80) - 4, style).map((line) => style.line("  ", line))
            : assessmentLines(series, columns, style, { rows: columns >= 116 ? RESULTS + 1 : RESULTS, year }),
      };
    }
  }
}

/** Rows that the tabs say already: the title of a chart, or that of a table with the blank one below it. */
const TITLE_ROWS = 2;
/** Below it the title of the activities takes two lines. */
const COLUMNS_FOR_ONE_TITLE = 76;

/** A page without what the tabs say, or the same as a fact a line. */
function linesOf(
  { draw, name }: Drawn & { name: PageName },
  { width, hasNumbers, style }: { width: number; hasNumbers: boolean; style: TerminalStyle },
): readonly Line[] {
  if (hasNumbers) {
    const plain = styleFrom({ ...style, isPlain: true, depth: "none", hasWeight: false });
    return draw(Number.POSITIVE_INFINITY, plain).flatMap((line) =>
      wrapWords(style.words(line), Math.min(74, width - 4)).map((part) => style.line("  ", verbatim(part))),
    );
  }
  const lines = draw(width, style);
  if (name === "Assessments") return lines;
  if (name === "Trend") return lines.slice(1);
  return lines.slice(name === "Activities" && width < COLUMNS_FOR_ONE_TITLE ? TITLE_ROWS + 1 : TITLE_ROWS);
}

/** With a mark at the row of the activity that the sentence is about: the rows stand below the title and a heading. */
function withMark(
  lines: readonly Line[],
  comparison: ActivityComparison,
  at: number,
  { columns, style }: { columns: number; style: TerminalStyle },
): readonly Line[] {
  if (style.isPlain || isTooEarly(comparison)) return lines;
  const row = (columns < COLUMNS_FOR_ONE_TITLE ? TITLE_ROWS + 1 : TITLE_ROWS) + 1 + at;
  const mark = ` ${style.glyphs.selected}`;
  return lines.map((line, index) => (index === row ? (line.replace(/^ {2}/, mark) as Line) : line));
}

/** "Dec 2025 to Nov 2026", or the year in which it ends. */
function yearName(to: number, columns: number): string {
  return columns < COLUMNS_FOR_ONE_TITLE ? String(dateOfDay(to).year) : monthRangeWords(twelveMonthsTo(to));
}

function monthsOf({ from, to }: Period, { span }: MoodSpan): string {
  return monthRangeWords({ from: from ?? span.from, to: to ?? span.to });
}

function keysOf(page: PageName, hasNumbers: boolean): Help[] {
  const own: Record<PageName, readonly Help[]> = {
    Trend: [["←→", "period"]],
    Year: [["←→", "year"]],
    Activities: [
      ["↑↓", "explain another", "explain"],
      ["l", "next day"],
      ["←→", "period"],
    ],
    Assessments: [
      ["↑↓", "scroll"],
      ["d", "check in"],
    ],
  };
  return [
    ["?", "keys"],
    ["1–4", "page"],
    ...own[page],
    ["n", hasNumbers ? "picture" : "numbers"],
    ["r", "report"],
    ["Tab", "next view", "view"],
    ["q", "quit"],
  ];
}
