import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { printJson } from "../../cli/output-options.ts";
import { calendarOf, settingsOf } from "../../cli/preferences.ts";
import { takeSnapshot } from "../../daemon/snapshot.ts";
import { systemZone } from "../../input/system-zone.ts";
import { databaseFile } from "../../local/storage/home.ts";
import { packageRoot } from "../../package-root.ts";

/** Run by the daemon, which opens no database itself. Makes none where there is none. */
export default function daemonSnapshot(context: Context): AnyCommand {
  return new Command()
    .description("Print as JSON what the daemon reads of the database before it acts.")
    .action(async () => {
      const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8"));
      const { dayStartMs } = calendarOf(context);
      const clock = settingsOf(context)["reminders.daily"];
      const given = { appVersion: version, nowMs: context.nowMs(), zone: systemZone, dayStartMs, clock };
      const db = existsSync(databaseFile(context.home)) ? await context.database() : null;
      printJson(context, takeSnapshot(db, given));
    });
}
