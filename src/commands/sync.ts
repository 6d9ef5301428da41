import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { openDevice } from "../cli/open-device.ts";
import { printJson } from "../cli/output-options.ts";
import { EXIT_CODE } from "../domain/exit-code.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { toMoodsyncError } from "../files/system-error.ts";
import { textLines } from "../output/terminal-text.ts";
import type { SyncProgress } from "../sync/exchange/sync-session.ts";
import type { SyncOptions } from "../sync/open-session.ts";
import {
  describeExchange,
  describeProgress,
  describeRejected,
  type SyncOutcome,
  syncNow,
} from "../sync/sync-now.ts";

export default function sync(context: Context): AnyCommand {
  return new Command()
    .description("Exchange changes with the server, once.")
    .option("-q, --quiet", "print nothing on success and one line on failure")
    .option("--accept-deletions", "continue even if more than half of the entries would be deleted")
    .option("--json", "print the outcome as JSON")
    .action(async (options) => {
      const progress = options.quiet || options.json ? null : createProgressBar(context);
      const outcome = await runSync(context, {
        acceptDeletions: options.acceptDeletions ?? false,
        onProgress: (moved) => progress?.show(moved),
      }).catch((error) => {
        throw options.quiet ? withoutHint(error) : error;
      });
      progress?.clear();
      context.changed("`moodsync sync status` shows where things stand.");
      if (options.json) printJson(context, outcomeToJson(outcome));
      else printOutcome(context, outcome, options.quiet ?? false);
      if (outcome.error) context.exitWith(EXIT_CODE[outcome.error.code]);
      else if (outcome.status === "partial") context.exitWith(EXIT_CODE.partial);
    });
}

async function runSync(context: Context, options: SyncOptions): Promise<SyncOutcome> {
  return syncNow(await openDevice(context), options);
}

/** What cron puts into a mail is one line. */
function withoutHint(thrown: unknown): MoodsyncError {
  const { code, message, cause } = toMoodsyncError(thrown);
  return new MoodsyncError(code, message, { cause });
}

function printOutcome(context: Context, outcome: SyncOutcome, quiet: boolean): void {
  const { status, error, rejected } = outcome;
  if (error) context.stderr.write(textLines([error.message, ...(error.hint && !quiet ? [error.hint] : [])]));
  else if (status === "partial") {
    context.stderr.write(`${describeRejected(rejected)}; \`moodsync sync status\` says why.\n`);
  }
  if (quiet) return;
  context.stderr.write(textLines(outcome.notices));
  if (!error && status !== "busy") context.stdout.write(`${describeExchange(outcome)}\n`);
}

function outcomeToJson({ durationMs, notices, error, ...counts }: SyncOutcome) {
  const { code, message, hint = null } = error ?? {};
  return {
    ...counts,
    duration_ms: durationMs,
    notices,
    ...(error ? { error: { code, message, hint } } : {}),
  };
}

/** One line on a terminal that is rewritten while more than one batch or page moves; null without a terminal. */
function createProgressBar({
  stderr,
}: Context): { show(progress: SyncProgress): void; clear(): void } | null {
  if (!stderr.isTTY) return null;
  let steps = 0;
  return {
    show(progress) {
      const { done, total } = progress;
      if (++steps < 2 && (total === null || done >= total)) return;
      stderr.replaceLine(describeProgress(progress));
    },
    clear() {
      if (steps > 0) stderr.replaceLine("");
    },
  };
}
