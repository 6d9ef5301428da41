import { DAY_MS, HOUR_MS } from "../src/domain/time/durations.ts";
import { logMoods } from "../src/entries/log-mood.ts";
import { openDatabase } from "../src/local/storage/database.ts";
import { databaseFile, locateHome } from "../src/local/storage/home.ts";
import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import type { Figure } from "./figure.ts";
import { BARE_NODE, MOODSYNC, runProcess } from "./measure.ts";

const ROUNDS = 7;
const ENTRIES = 100_000;
const ENTRIES_A_DAY = 9;
const ACTIVITIES = 30;

/** What do `stats` and `chart` cost over thirty years of nine moods a day, against a bare Node, in turns; `insights` over a year with
 *  thirty activities? */
export function measureLookBack(): Figure[] {
  const [many, year] = [newHome(), newHome()];
  const times = {
    bare: [] as number[],
    stats: [] as number[],
    chart: [] as number[],
    insights: [] as number[],
  };
  try {
    fill(many, ENTRIES, ENTRIES_A_DAY);
    fill(year, 365, 1);
    for (let round = 0; round < ROUNDS; round++) {
      times.bare.push(cpuOf(BARE_NODE, many));
      times.stats.push(cpuOf([MOODSYNC, "stats", "all"], many));
      times.chart.push(cpuOf([MOODSYNC, "chart", "all"], many));
      times.insights.push(cpuOf([MOODSYNC, "insights", "1y"], year));
    }
  } finally {
    removeHome(many);
    removeHome(year);
  }
  const bare = { name: "node -e 0", values: times.bare };
  const against = { unit: "ms", reference: bare, limit: { most: 6 } } as const;
  return [
    { name: "`stats all` of 100,000 moods, CPU", values: times.stats, ...against },
    { name: "`chart all` of 100,000 moods, CPU", values: times.chart, ...against },
    {
      name: "`insights 1y` with 30 activities, CPU",
      values: times.insights,
      ...against,
      limit: { most: 25 },
    },
  ];
}

function cpuOf(args: readonly string[], home: string): number {
  return runProcess(args, { home }).cpuMs;
}

function fill(home: string, count: number, aDay: number): void {
  const db = openDatabase(databaseFile(locateHome({ MOODSYNC_HOME: home })));
  const nowMs = Date.now();
  const moods = Array.from({ length: count }, (_, at) => {
    const day = Math.floor(at / aDay);
    return {
      value: 1 + ((day * 7 + at) % 5),
      activities: { labels: aDay > 1 ? [] : labelsOf(day), createSimilar: true },
      recorded_at: new Date(nowMs - day * DAY_MS - (at % aDay) * HOUR_MS).toISOString(),
    };
  });
  logMoods({ db, nowMs, zone: () => 0 }, moods);
  db.close();
}

/** About a third of the activities. */
function labelsOf(day: number): string[] {
  return Array.from({ length: ACTIVITIES }, (_, at) => `activity ${at}`).filter(
    (_, at) => (day * 31 + at * 17 + day * at) % 3 === 0,
  );
}
