import { addSchedule } from "../src/entries/schedules.ts";
import { openDatabase } from "../src/local/storage/database.ts";
import { databaseFile, locateHome } from "../src/local/storage/home.ts";
import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import { type Figure, ratioFigure } from "./figure.ts";
import { fillWithMoods } from "./fill.ts";
import { BARE_NODE, MOODSYNC, median, runProcess } from "./measure.ts";

const ROUNDS = 21;
const ENTRIES = 100_000;

/** What is looked up daily, in processor time, on the entries of 30 years of nine a day. Of the words of `fillWithMoods` every second note
 *  has "river". */
const LOOKUPS = [
  { args: ["list", "-n", "20"], limit: 2.2 },
  { args: ["due", "--short"], limit: 2.2 },
  { args: ["list", "--search", "river"], limit: 2.8 },
];

export function measureLookups(): Figure[] {
  const home = newHome();
  fillWithMoods(home, ENTRIES);
  planAssessment(home);
  const bare: number[] = [];
  const times = LOOKUPS.map((): number[] => []);
  try {
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(runProcess(BARE_NODE, { home }).cpuMs);
      for (const [at, { args }] of LOOKUPS.entries())
        times[at]!.push(runProcess([MOODSYNC, ...args], { home }).cpuMs);
    }
  } finally {
    removeHome(home);
  }
  return LOOKUPS.map(({ args, limit }, at) =>
    ratioFigure({
      name: `moodsync ${args.join(" ")} of ${ENTRIES}`,
      subjectMs: median(times[at]!),
      referenceMs: median(bare),
      reference: "node -e 0",
      limit,
    }),
  );
}

function planAssessment(home: string): void {
  const db = openDatabase(databaseFile(locateHome({ MOODSYNC_HOME: home })));
  addSchedule({ db, nowMs: Date.now(), zone: () => 0 }, { assessment_type: "GAD-7", frequency: "Weekly" });
  db.close();
}
