import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import type { Context } from "../../cli/context.ts";
import { printJson } from "../../cli/output-options.ts";
import { EMPTY_LOOK } from "../../daemon/look.ts";
import { lookAtDatabase } from "../../daemon/snapshot.ts";
import { systemZone } from "../../input/system-zone.ts";
import { databaseFile } from "../../local/storage/home.ts";
import { packageRoot } from "../../package-root.ts";

/** Run by the daemon, which has no database of its own. Makes none where there is none. */
export default function daemonLook(context: Context): Command {
  return new Command()
    .description("Print as JSON what the daemon looks at before it acts.")
    .action(async () => {
      if (!existsSync(databaseFile(context.home))) return printJson(context, EMPTY_LOOK);
      const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8"));
      const given = { appVersion: version, nowMs: context.nowMs(), zone: systemZone };
      printJson(context, lookAtDatabase(await context.database(), given));
    });
}
