import { DAY_MS, HOUR_MS } from "../src/domain/time/durations.ts";
import { logMoods } from "../src/entries/log-mood.ts";
import { openDatabase } from "../src/local/storage/database.ts";
import { databaseFile, locateHome } from "../src/local/storage/home.ts";
import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import { type Figure, ratioFigure, timeFigure } from "./figure.ts";
import { BARE_NODE, MOODSYNC, median, timeProcess } from "./measure.ts";

const ROUNDS = 7;
const ENTRIES = 100_000;
const ENTRIES_A_DAY = 9;
const ACTIVITIES = 30;

/** `stats` and `chart` over thirty years of nine moods a day, against a bare Node, in turns; `insights` over a year with
 *  thirty activities. */
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
      times.bare.push(timeProcess(BARE_NODE, many));
      times.stats.push(timeProcess([MOODSYNC, "stats", "all"], many));
      times.chart.push(timeProcess([MOODSYNC, "chart", "all"], many));
      times.insights.push(timeProcess([MOODSYNC, "insights", "1y"], year));
    }
  } finally {
    removeHome(many);
    removeHome(year);
  }
  const against = { referenceMs: median(times.bare), reference: "node -e 0", limit: 6 };
  return [
    ratioFigure({ name: "stats of 100,000 moods", subjectMs: median(times.stats), ...against }),
    ratioFigure({ name: "chart of 100,000 moods", subjectMs: median(times.chart), ...against }),
    timeFigure("insights of a year with 30 activities", median(times.insights), 1500),
  ];
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
