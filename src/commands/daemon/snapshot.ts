import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { printJson } from "../../cli/output-options.ts";
import { calendarOf } from "../../cli/preferences.ts";
import { EMPTY_SNAPSHOT, takeSnapshot } from "../../daemon/snapshot.ts";
import { systemZone } from "../../input/system-zone.ts";
import { databaseFile } from "../../local/storage/home.ts";
import { packageRoot } from "../../package-root.ts";

/** Run by the daemon, which opens no database itself. Makes none where there is none. */
export default function daemonSnapshot(context: Context): AnyCommand {
  return new Command()
    .description("Print as JSON what the daemon reads of the database before it acts.")
    .action(async () => {
      if (!existsSync(databaseFile(context.home))) return printJson(context, EMPTY_SNAPSHOT);
      const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8"));
      const { dayStartMs } = calendarOf(context);
      const given = { appVersion: version, nowMs: context.nowMs(), zone: systemZone, dayStartMs };
      printJson(context, takeSnapshot(await context.database(), given));
    });
}
