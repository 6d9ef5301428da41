import { existsSync } from "node:fs";
import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { nowHere, printJson } from "../cli/output-options.ts";
import { calendarOf } from "../cli/preferences.ts";
import { printLines } from "../cli/style.ts";
import { systemZone } from "../input/system-zone.ts";
import { EMPTY_TODAY, readToday, type Today } from "../local/queries/today.ts";
import { databaseFile } from "../local/storage/home.ts";
import { formatMoment } from "../output/moment.ts";
import { formatTable } from "../output/table.ts";
import { todayLines } from "../output/today-lines.ts";
import { packageVersion } from "../package-root.ts";
import { dueJson } from "./due.ts";

/** What `moodsync` alone shows on a terminal. Where nothing was ever logged it makes no database. */
export default function today(context: Context): AnyCommand {
  return new Command()
    .description("Show today at a glance: the moods logged so far, what is due, and sync.")
    .option("--json", "print JSON")
    .action(async (options) => {
      if (options.json) return printJson(context, todayJson(await read(context)));
      if (!existsSync(databaseFile(context.home))) {
        printLines(context, (_, { line, bold }) => [
          line(bold("moodsync"), " keeps moods and self-assessments on this device."),
        ]);
        context.stdout.write(`\n${nextCommands(null)}`);
        return;
      }
      const now = nowHere(context);
      const day = await read(context);
      const rows = todayLines(day, now).map((cells) => ["", ...cells]);
      printLines(context, (_, { line, bold }) => [line(bold(formatMoment(now, now)))]);
      context.stdout.write(
        `\n${formatTable(rows, { width: context.stdout.columns })}\n${nextCommands(day.due[0]?.assessmentType ?? null)}`,
      );
    });
}

async function read(context: Context): Promise<Today> {
  if (!existsSync(databaseFile(context.home))) return EMPTY_TODAY;
  const { dayStartMs } = calendarOf(context);
  const given = { nowMs: context.nowMs(), zone: systemZone, dayStartMs, appVersion: packageVersion() };
  return readToday(await context.database(), given);
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
function nextCommands(dueType: string | null): string {
  const isPlainWord = dueType !== null && /^[\w-]+$/.test(dueType);
  return formatTable([
    ["", "moodsync log mood 4", "log how you feel, 1 (awful) to 5 (great)"],
    isPlainWord
      ? ["", `moodsync log assessment ${dueType}`, "log what is due; it says how"]
      : ["", "moodsync tui", "today, history and settings on a screen"],
    ["", "moodsync --help", "everything else"],
  ]);
}
