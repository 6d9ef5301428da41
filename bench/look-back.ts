import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import type { Figure } from "./figure.ts";
import { fillWithDays } from "./fill.ts";
import { BARE_NODE, MOODSYNC, runProcess } from "./measure.ts";

const ROUNDS = 7;
const ENTRIES = 100_000;
const ENTRIES_A_DAY = 9;

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
    fillWithDays(many, ENTRIES, ENTRIES_A_DAY);
    fillWithDays(year, 365, 1);
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
