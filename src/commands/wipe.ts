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
import { deleteAccount } from "../sync/account/delete-account.ts";
import { acquireSyncLock } from "../sync/sync-lock.ts";
import { countLiveByType } from "../transfer/backup-file.ts";
import { wipeDevice } from "../transfer/wipe.ts";

/** What has to be typed, so that no habit answers: for this device, and for the account on the server, too. */
const CONFIRMATION = { here: "everything", everywhere: "everywhere" };

interface Remains {
  what: string;
  where: string;
}

export default function wipe(context: Context): AnyCommand {
  const command = new Command()
    .description(
      "Delete everything of yours on this device: entries, history, settings, the key. The backups that moodsync made stay, with one of this moment, unless --backups is given. What is on a server stays there, unless --account is given.",
    )
    .option(
      "--confirm <word>",
      `"${CONFIRMATION.here}", with --account "${CONFIRMATION.everywhere}", instead of being asked for it`,
    )
    .option("--account", "delete the account on the server, too, with what all its devices have stored there")
    .option("--backups", "delete the backups in moodsync's own directory, too, and make none");
  return withOutputOptions(command).action(
    async ({ confirm: confirmation, account, backups, ...options }) => {
      const { home } = context;
      const word = account ? CONFIRMATION.everywhere : CONFIRMATION.here;
      if (confirmation !== undefined && confirmation !== word) throw notConfirmed(word);
      if (isDaemonRunning(home.stateDir)) {
        throw new MoodsyncError("failure", "The daemon is running; nothing was deleted.", {
          hint: "`moodsync daemon stop` ends it, `moodsync daemon uninstall` keeps it from starting again.",
        });
      }
      const file = databaseFile(home);
      const device = existsSync(file) ? await openDevice(context) : null;
      const config = device && readSyncConfig(device.db);
      if (account && !config?.enabled) throw notConnected();
      if (confirmation === undefined) {
        const has = device ? entityCounts(countLiveByType(device.db)) : "no entries";
        const url = config?.enabled ? config.endpointUrl : null;
        if (!(await isTyped(context, { has, word, url }))) {
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
        if (device && account) await deleteAccount(device);
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
        isAccountDeleted: account ?? false,
      });
      if (options.json) return printJson(context, { removed, account_deleted: account ?? false, remains });
      context.stdout.write(
        textLines([`Deleted what moodsync kept on this device (${counted(removed.length, "file")}).`]),
      );
      if (account) printNotice(context, options, "Deleted the account on the server.");
      for (const { what, where } of remains) printNotice(context, options, `Remains: ${what}: ${where}`);
    },
  );
}

async function isTyped(
  context: Context,
  { has, word, url }: { has: string; word: string; url: string | null },
): Promise<boolean> {
  const isEverywhere = word === CONFIRMATION.everywhere;
  if (!context.stdin.isTTY || !context.stderr.isTTY) {
    const where = isEverywhere ? "on this device, and the account on the server" : "on this device";
    throw new MoodsyncError("usage", `This deletes everything ${where}.`, {
      hint: `Add --confirm ${word} to do it without being asked.`,
    });
  }
  const lines = [`This deletes ${has}, with all history, the settings and the key, from this device.`];
  if (isEverywhere)
    lines.push(`It deletes the account on ${url}, too, with what all its devices have stored there.`);
  else if (url !== null)
    lines.push(`What was synced stays on ${url}; \`moodsync wipe --account\` deletes it there, too.`);
  context.stderr.write(textLines(lines));
  const reader = openLineReader(context);
  try {
    return (await reader.ask(`Type ${word} to go on: `)) === word;
  } finally {
    reader.close();
  }
}

function notConfirmed(word: string): MoodsyncError {
  return new MoodsyncError("usage", "That is not the word; nothing was deleted.", {
    hint: `--confirm ${word} goes on.`,
  });
}

function notConnected(): MoodsyncError {
  return new MoodsyncError(
    "not_configured",
    "This device is connected with no account; nothing was deleted.",
    {
      hint: "`moodsync wipe` without --account deletes what is here.",
    },
  );
}

function whatRemains(given: {
  context: Context;
  backups: number;
  server: string | null;
  isAccountDeleted: boolean;
}): Remains[] {
  const { home } = given.context;
  const remains: Remains[] = [];
  if (given.backups > 0) {
    const what = `${counted(given.backups, "backup")}, which restore-backup takes`;
    remains.push({ what, where: backupDirectory(databaseFile(home)) });
  }
  if (given.server !== null && given.isAccountDeleted) {
    remains.push(
      { what: "backups of the server, which whoever runs it has", where: given.server },
      { what: "what the account's other devices hold; they cannot sync any more", where: "on each of them" },
    );
  } else if (given.server !== null) {
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
