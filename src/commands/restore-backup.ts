import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type Database from "better-sqlite3";
import { type AnyCommand, Command } from "../cli/command.ts";
import { confirm } from "../cli/confirm.ts";
import type { Context } from "../cli/context.ts";
import { localMoment } from "../cli/local-moment.ts";
import { type OutputOptions, printJson, printNotice, withOutputOptions } from "../cli/output-options.ts";
import { readPassphrase } from "../cli/passphrase.ts";
import { isDaemonRunning } from "../daemon/daemon-lock.ts";
import { ENTITY_TYPES, type EntityType } from "../domain/entities/entity-type.ts";
import { EXIT_CODE } from "../domain/exit-code.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { formatUtc } from "../domain/time/timestamp.ts";
import { removeDraft } from "../files/drafts.ts";
import { backUp, setAside } from "../local/storage/backup.ts";
import { placeDatabase } from "../local/storage/database.ts";
import { mapEntityTypes } from "../local/storage/entity-tables.ts";
import { databaseFile } from "../local/storage/home.ts";
import { damagedRowsNotice } from "../output/damaged-rows.ts";
import { entityCounts } from "../output/kind-words.ts";
import { textLines } from "../output/terminal-text.ts";
import { acquireSyncLock } from "../sync/sync-lock.ts";
import { type DraftedBackup, draftOfBackup, isEncrypted } from "../transfer/open-backup.ts";
import { type BackupComparison, compareWithBackup, replaceByBackup } from "../transfer/restore-backup.ts";

type Comparison = Record<EntityType, BackupComparison>;

/** What is here before: a database, nothing, or a file that cannot be read. */
type Here = { db: Database.Database; comparison: Comparison } | "nothing" | "unreadable";

interface Options extends OutputOptions {
  yes?: true;
  passphraseFile?: string;
}

export default function restoreBackup(context: Context): AnyCommand {
  const command = new Command()
    .description(
      "Put a backup in the place of everything on this device. It is checked first, and what is here is kept as a backup of its own.",
    )
    .argument("<file>", "what `backup` wrote, encrypted or not, or a copy from `backup list`")
    .option("-y, --yes", "do not ask")
    .option("--passphrase-file <file>", "the passphrase, from a file that only you can read");
  return withOutputOptions(command).action(async (path, options) => {
    const decrypt = await decryption(context, path, options);
    const release = acquireSyncLock(context.home.stateDir);
    if (!release) {
      throw new MoodsyncError("failure", "A sync is running on this device.", {
        hint: "Try again in a moment.",
      });
    }
    try {
      await restore(context, path, { ...options, decrypt });
    } finally {
      release();
    }
  });
}

async function restore(
  context: Context,
  path: string,
  { decrypt, ...options }: Options & { decrypt: Decrypt | null },
): Promise<void> {
  const file = databaseFile(context.home);
  const opened = await openHere(context);
  const backup = await draftOfBackup(path, file, decrypt);
  try {
    const here = whatIsHere(context, opened, backup);
    if (!options.yes && !(await isAgreed(context, backup, here))) {
      printNotice(context, options, "Nothing was changed.");
      return context.exitWith(EXIT_CODE.failure);
    }
    const { kept, syncNow } = replace(file, backup, here);
    context.changed("`moodsync list` shows what is there.");
    if (options.json) {
      printJson(context, {
        file: resolve(path),
        counts: backup.counts,
        damaged: backup.damaged,
        newer_here:
          typeof here === "string" ? null : mapEntityTypes((type) => here.comparison[type].newerHere),
        kept_as: kept,
        sync: syncNow,
      });
    } else if (!options.quiet) {
      context.stdout.write(textLines([`Restored ${entityCounts(backup.counts)}.`]));
      for (const sentence of afterwards({ here, kept, syncNow })) printNotice(context, options, sentence);
    }
  } finally {
    removeDraft(backup.draft);
  }
}

type Decrypt = (pieces: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

async function decryption(context: Context, path: string, options: Options): Promise<Decrypt | null> {
  if (!isEncrypted(path)) return null;
  const passphrase = await readPassphrase(context, options);
  const { decrypted } = await import("../transfer/age-file.ts");
  return (pieces) => decrypted(pieces, passphrase);
}

/** The database that is here, or why there is none. */
async function openHere(context: Context): Promise<Database.Database | "nothing" | "unreadable"> {
  if (!existsSync(databaseFile(context.home))) return "nothing";
  try {
    return await context.database();
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return "unreadable";
  }
}

/** Damage may show only where the rows are read. */
function whatIsHere(
  { home }: Context,
  opened: Awaited<ReturnType<typeof openHere>>,
  { draft }: DraftedBackup,
): Here {
  if (opened === "nothing") return opened;
  if (opened !== "unreadable") {
    try {
      return { db: opened, comparison: compareWithBackup(opened, draft) };
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      opened.close();
    }
  }
  if (!isDaemonRunning(home.stateDir)) return "unreadable";
  throw new MoodsyncError("failure", "The daemon has the damaged database open; nothing was changed.", {
    hint: "`moodsync daemon stop` ends it; close other moodsync screens, too, then try again.",
  });
}

/** Damaged, empty, of a newer version or not ours at all; not one that is busy or that may not be read. */
function isUnreadable(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  const isSaidByUs = error instanceof MoodsyncError && error.code === "failure" && cause === undefined;
  return isSaidByUs || /^SQLITE_(CORRUPT|NOTADB)/.test(cause?.code ?? code ?? "");
}

function replace(file: string, { draft }: DraftedBackup, here: Here) {
  if (here === "nothing" || here === "unreadable") {
    const kept = here === "unreadable" ? setAside(file) : null;
    placeDatabase(draft, file);
    return { kept, syncNow: "as before" as const };
  }
  const kept = backUp(here.db, file, "before-restore");
  return { kept, ...replaceByBackup(here.db, draft) };
}

/** Without a terminal nobody can be asked, and this replaces everything. */
async function isAgreed(context: Context, backup: DraftedBackup, here: Here): Promise<boolean> {
  if (!context.stdin.isTTY || !context.stderr.isTTY) {
    throw new MoodsyncError("usage", "This replaces everything on this device.", {
      hint: "Add --yes to do it without being asked.",
    });
  }
  const { counts, newestMs, damaged } = backup;
  const until = newestMs === null ? "" : `, changed last on ${localMoment(context, formatUtc(newestMs))}`;
  const lines = [`The backup has ${entityCounts(counts)}${until}.`];
  if (damaged > 0) lines.push(damagedRowsNotice(damaged));
  context.stderr.write(textLines([...lines, ...differences(here)]));
  return confirm(context, "Put it in the place of everything here?");
}

function differences(here: Here): string[] {
  if (here === "nothing") return ["There is nothing on this device yet."];
  if (here === "unreadable")
    return ["The database here cannot be read; its file is kept beside the backups."];
  const { comparison } = here;
  const sum = (field: keyof BackupComparison) =>
    ENTITY_TYPES.reduce((total, type) => total + comparison[type][field], 0);
  const newer = entityCounts(mapEntityTypes((type) => comparison[type].newerHere));
  const back = entityCounts(mapEntityTypes((type) => comparison[type].comingBack));
  const lines: string[] = [];
  if (sum("newerHere") > 0) {
    const unsynced = sum("unsynced");
    lines.push(
      `Newer here, and gone after it: ${newer}${unsynced > 0 ? ` (${unsynced} not on the server)` : ""}.`,
    );
  }
  if (sum("comingBack") > 0) lines.push(`Not here, and back after it: ${back}.`);
  if (lines.length === 0) lines.push("Nothing here is newer.");
  lines.push("What is here is kept as a backup first.");
  return lines;
}

function afterwards(given: { here: Here; kept: string | null; syncNow: string }): string[] {
  const { here, kept, syncNow } = given;
  const sentences: string[] = [];
  if (kept !== null) {
    sentences.push(
      `What was here is in ${kept}${here === "unreadable" ? "." : "; `moodsync restore-backup` takes it, too."}`,
    );
  }
  if (syncNow === "off") sentences.push("Sync is off now: the backup belongs to another account.");
  if (syncNow === "on")
    sentences.push("Sync is on again, as in the backup; `moodsync sync disable` switches it off.");
  if (syncNow === "as before" && here !== "nothing") {
    sentences.push("Where sync is on, what the server has that is newer comes back with the next sync.");
  }
  return sentences;
}
