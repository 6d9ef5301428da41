import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { nowHere, printJson } from "../../cli/output-options.ts";
import { type LoggedEvent, readLog } from "../../daemon/daemon-log.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { parseTimestamp } from "../../domain/time/timestamp.ts";
import { systemZone } from "../../input/system-zone.ts";
import { parseWholeNumber } from "../../input/whole-number.ts";
import { formatMoment } from "../../output/moment.ts";
import { textLines } from "../../output/terminal-text.ts";

const DEFAULT_LINES = 20;

export default function daemonLogs(context: Context): AnyCommand {
  return new Command()
    .description("Show what the daemon did, newest last. The log holds counts and codes, nothing of yours.")
    .option("-n, --lines <n>", `how many of the latest events (${DEFAULT_LINES})`)
    .option("--json", "print JSON")
    .action((options) => {
      const count =
        options.lines === undefined ? DEFAULT_LINES : parseWholeNumber(options.lines, "The number of lines");
      if (count < 1) throw new MoodsyncError("invalid_input", "The number of lines must be at least 1.");
      const events = readLog(context.home.stateDir, count);
      if (options.json) return printJson(context, events);
      if (events.length === 0) return void context.stdout.write("The daemon has not run yet.\n");
      context.stdout.write(textLines(events.map((event) => eventLine(context, event))));
    });
}

function eventLine(context: Context, { time, event, ...fields }: LoggedEvent): string {
  const ms = parseTimestamp(time)?.ms ?? 0;
  const moment = formatMoment({ ms, offsetMinutes: systemZone(ms) }, nowHere(context));
  const details = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return [moment, event, ...details].join("  ");
}
