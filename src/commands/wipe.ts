import { existsSync } from "node:fs";
import { join } from "node:path";
import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { openDevice } from "../cli/open-device.ts";
import { printJson, printNotice, withOutputOptions } from "../cli/output-options.ts";
import { openLineReader } from "../cli/read-lines.ts";
import { isDaemonRunning } from "../daemon/daemon-lock.ts";
import { EXIT_CODE } from "../domain/exit-code.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { HOOK_NAMES, hasHook } from "../hooks/run-hook.ts";
import { backUp, backupDirectory, listBackups } from "../local/storage/backup.ts";
import { databaseFile } from "../local/storage/home.ts";
import { readSyncConfig } from "../local/sync-state/sync-config.ts";
import { entityCounts } from "../output/kind-words.ts";
import { counted } from "../output/number-words.ts";
import { textLines } from "../output/terminal-text.ts";
import { acquireSyncLock } from "../sync/sync-lock.ts";
import { countLiveByType } from "../transfer/backup-file.ts";
import { wipeDevice } from "../transfer/wipe.ts";

/** What has to be typed, so that no habit answers. */
const CONFIRMATION = "everything";

interface Remains {
  what: string;
  where: string;
}

export default function wipe(context: Context): AnyCommand {
  const command = new Command()
    .description(
      "Delete everything of yours on this device: entries, history, settings, the key. The backups that moodsync made stay, with one of this moment, unless --backups is given. What is on a server stays there.",
    )
    .option("--confirm <word>", `"${CONFIRMATION}", instead of being asked for it`)
    .option("--backups", "delete the backups in moodsync's own directory, too, and make none");
  return withOutputOptions(command).action(async ({ confirm: confirmation, backups, ...options }) => {
    const { home } = context;
    if (confirmation !== undefined && confirmation !== CONFIRMATION) throw notConfirmed();
    if (isDaemonRunning(home.stateDir)) {
      throw new MoodsyncError("failure", "The daemon is running; nothing was deleted.", {
        hint: "`moodsync daemon stop` ends it, `moodsync daemon uninstall` keeps it from starting again.",
      });
    }
    const file = databaseFile(home);
    const device = existsSync(file) ? await openDevice(context) : null;
    const config = device && readSyncConfig(device.db);
    if (confirmation === undefined) {
      const has = device ? entityCounts(countLiveByType(device.db)) : "no entries";
      if (!(await isTyped(context, has))) {
        printNotice(context, options, "Nothing was deleted.");
        return context.exitWith(EXIT_CODE.failure);
      }
    }
    const release = existsSync(home.stateDir) ? acquireSyncLock(home.stateDir) : () => {};
    if (!release)
      throw new MoodsyncError("failure", "A sync is running; nothing was deleted.", {
        hint: "Try again in a moment.",
      });
    let removed: string[];
    try {
      if (device && !backups) backUp(device.db, file, "before-wipe");
      await device?.keys.forget();
      await device?.sealingKeys.forget();
      device?.db.close();
      release();
      removed = wipeDevice(home, { withBackups: backups ?? false });
    } finally {
      release();
    }
    context.changed("`moodsync config path --all` shows where to look.");
    const remains = whatRemains({
      context,
      backups: listBackups(file).length,
      server: config?.endpointUrl ?? null,
    });
    if (options.json) return printJson(context, { removed, remains });
    context.stdout.write(
      textLines([`Deleted what moodsync kept on this device (${counted(removed.length, "file")}).`]),
    );
    for (const { what, where } of remains) printNotice(context, options, `Remains: ${what}: ${where}`);
  });
}

async function isTyped(context: Context, has: string): Promise<boolean> {
  if (!context.stdin.isTTY || !context.stderr.isTTY) {
    throw new MoodsyncError("usage", "This deletes everything on this device.", {
      hint: `Add --confirm ${CONFIRMATION} to do it without being asked.`,
    });
  }
  context.stderr.write(
    textLines([`This deletes ${has}, with all history, the settings and the key, from this device.`]),
  );
  const reader = openLineReader(context);
  try {
    return (await reader.ask(`Type ${CONFIRMATION} to go on: `)) === CONFIRMATION;
  } finally {
    reader.close();
  }
}

function notConfirmed(): MoodsyncError {
  return new MoodsyncError("usage", "That is not the word; nothing was deleted.", {
    hint: `--confirm ${CONFIRMATION} goes on.`,
  });
}

function whatRemains(given: { context: Context; backups: number; server: string | null }): Remains[] {
  const { home } = given.context;
  const remains: Remains[] = [];
  if (given.backups > 0) {
    const what = `${counted(given.backups, "backup")}, which restore-backup takes`;
    remains.push({ what, where: backupDirectory(databaseFile(home)) });
  }
  if (given.server !== null) {
    remains.push({
      what: "what was synced, on the server; whoever runs it can delete the account",
      where: given.server,
    });
  }
  const hooks = HOOK_NAMES.filter((name) => hasHook(home.configDir, name));
  if (hooks.length > 0) remains.push({ what: `your hooks (${hooks.join(", ")})`, where: home.configDir });
  if (existsSync(join(home.stateDir, "server"))) {
    remains.push({ what: "the data of `moodsync serve`", where: join(home.stateDir, "server") });
  }
  remains.push({ what: "backups and exports that you wrote", where: "wherever you put them" });
  return remains;
}
