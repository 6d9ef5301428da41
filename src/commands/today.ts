import { existsSync } from "node:fs";
import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { nowHere, printJson } from "../cli/output-options.ts";
import { calendarOf } from "../cli/preferences.ts";
import { printLines } from "../cli/style.ts";
import { systemZone } from "../input/system-zone.ts";
import { activitiesById } from "../local/queries/activities.ts";
import { listRows } from "../local/queries/list-rows.ts";
import { EMPTY_TODAY, readToday, type Today } from "../local/queries/today.ts";
import { readWeek } from "../local/queries/week.ts";
import { databaseFile } from "../local/storage/home.ts";
import { firstCard, todayCard } from "../output/today-card.ts";
import { packageVersion } from "../package-root.ts";
import { dueJson } from "./due.ts";

/** What `moodsync` alone shows on a terminal. Where nothing was ever logged it makes no database. */
export default function today(context: Context): AnyCommand {
  return new Command()
    .description("Show today at a glance: the moods logged so far, the week, what is due, and sync.")
    .option("--json", "print JSON")
    .action(async (options) => {
      const day = await read(context);
      if (options.json) return printJson(context, todayJson(day ?? EMPTY_TODAY));
      const hints = context.stdout.isTTY ? hintsFor(day) : [];
      if (!day) return printLines(context, (columns, style) => firstCard(hints, columns, style));
      const now = nowHere(context);
      const db = await context.databaseToRead();
      const { dayStartMs } = calendarOf(context);
      const week = { days: readWeek(db, { now, dayStartMs }) };
      const activities = activitiesById(db);
      printLines(context, (columns, style) =>
        todayCard({ day, week, activities, now, dayStartMs, hints }, columns, style),
      );
    });
}

/** Null where there is no database, nor anything to tell. */
async function read(context: Context): Promise<Today | null> {
  if (!existsSync(databaseFile(context.home))) return null;
  const { dayStartMs } = calendarOf(context);
  const given = { nowMs: context.nowMs(), zone: systemZone, dayStartMs, appVersion: packageVersion() };
  const db = await context.database();
  const day = readToday(db, given);
  const isFirst =
    !day.sync.enabled &&
    day.due.length === 0 &&
    !day.next &&
    listRows(db, "MoodEntry", { limit: 1 }).length === 0;
  return isFirst ? null : day;
}

/** No note, as on the card. */
function todayJson({ moods, due, next, sync }: Today) {
  const { enabled, lastSuccessAtMs, problem, pending } = sync;
  return {
    moods: moods.map(({ id, value, activities, recorded_at }) => ({ id, value, activities, recorded_at })),
    due: due.map(dueJson),
    next: next && dueJson(next),
    sync: {
      enabled,
      last_success_at: lastSuccessAtMs === null ? null : new Date(lastSuccessAtMs).toISOString(),
      problem,
      pending,
    },
  };
}

/** The three commands one needs most; where an assessment is due, how it is answered. */
function hintsFor(day: Today | null): [command: string, meaning: string][] {
  const dueType = day?.due[0]?.assessmentType;
  const isPlainWord = dueType !== undefined && /^[\w-]+$/.test(dueType);
  return [
    ["moodsync log mood 4", "how you feel, 1 awful to 5 great"],
    ...(isPlainWord
      ? [[`moodsync log assessment ${dueType}`, "what is due"] satisfies [string, string]]
      : []),
    ["moodsync tui", "all of it on a screen"],
    ...(isPlainWord ? [] : [["moodsync --help", "everything else"] satisfies [string, string]]),
  ];
}
