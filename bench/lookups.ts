import { addSchedule } from "../src/entries/schedules.ts";
import { openDatabase } from "../src/local/storage/database.ts";
import { databaseFile, locateHome } from "../src/local/storage/home.ts";
import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import type { Figure } from "./figure.ts";
import { fillWithMoods } from "./fill.ts";
import { compareRuns } from "./measure.ts";

const ENTRIES = 100_000;

/** What is looked up daily. Of the words of `fillWithMoods` every second note has "river". */
const DAILY = [
  { args: ["list", "-n", "20"], mostCpu: 2.2 },
  { args: ["due", "--short"], mostCpu: 2.2 },
  { args: ["list", "--search", "river"], mostCpu: 2.8 },
];
const LONG = [
  { args: ["list", "--limit", "0"] },
  { args: ["list", "--limit", "0", "--json"] },
  { args: ["list", "--limit", "0", "--search", "river"] },
  { args: ["export"] },
];

/** What do lookups cost on the entries of 30 years of nine a day: those that are daily, and those of everything? */
export function measureLookups(): Figure[] {
  const home = newHome();
  fillWithMoods(home, ENTRIES);
  planAssessment(home);
  try {
    const kept = { home, of: ` of ${ENTRIES}` };
    return [
      ...compareRuns(DAILY, { ...kept, rounds: 21 }),
      ...compareRuns(LONG, { ...kept, rounds: 7, withMemory: true }),
    ];
  } finally {
    removeHome(home);
  }
}

function planAssessment(home: string): void {
  const db = openDatabase(databaseFile(locateHome({ MOODSYNC_HOME: home })));
  addSchedule({ db, nowMs: Date.now(), zone: () => 0 }, { assessment_type: "GAD-7", frequency: "Weekly" });
  db.close();
}
