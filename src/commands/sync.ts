import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { fireHook } from "../cli/fire-hook.ts";
import { openDevice } from "../cli/open-device.ts";
import { printJson } from "../cli/output-options.ts";
import { printLines, styleOf } from "../cli/style.ts";
import { EXIT_CODE } from "../domain/exit-code.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { toMoodsyncError } from "../files/system-error.ts";
import { fitLine } from "../output/fit-line.ts";
import { progressLine } from "../output/progress-line.ts";
import { textLines } from "../output/terminal-text.ts";
import type { SyncProgress } from "../sync/exchange/sync-session.ts";
import type { SyncOptions } from "../sync/open-session.ts";
import {
  describeExchange,
  describeRejected,
  describeUnreadable,
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
      const progress = options.quiet || options.json ? null : createProgress(context);
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
      await fireHook(context, options, "on-sync", { outcome: outcomeToJson(outcome) });
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
  const { status, error, rejected, unreadable } = outcome;
  if (error) context.stderr.write(textLines([error.message, ...(error.hint && !quiet ? [error.hint] : [])]));
  else if (rejected > 0) {
    context.stderr.write(`${describeRejected(rejected)}; \`moodsync sync status\` says why.\n`);
  }
  if (!error && unreadable > 0) context.stderr.write(`${describeUnreadable(unreadable)}\n`);
  if (quiet) return;
  context.stderr.write(textLines(outcome.notices));
  if (error || status === "busy") return;
  context.stdout.write(`${describeExchange(outcome)}\n`);
  if (outcome.conflicts > 0 && context.stdout.isTTY) {
    printLines(context, (columns, style) => [
      fitLine(columns, [style.dim("moodsync sync conflicts shows both versions.")], style),
    ]);
  }
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

/** Between two states of the line, in ms: who reads it sees it change four times a second at most. */
const LEAST_INTERVAL_MS = 250;

/** One line on a terminal that is rewritten while more than one batch or page moves; null without a terminal. In plain
 *  words it is a line a phase: a screen reader follows what is added. */
function createProgress(context: Context): { show(progress: SyncProgress): void; clear(): void } | null {
  const { stderr, nowMs } = context;
  if (!stderr.isTTY) return null;
  const style = styleOf(context, stderr);
  let steps = 0;
  let shownAtMs = Number.NEGATIVE_INFINITY;
  let shownPhase: SyncProgress["phase"] | null = null;
  return {
    show(progress) {
      const { done, total, phase } = progress;
      if (++steps < 2 && (total === null || done >= total)) return;
      const isNewPhase = phase !== shownPhase;
      if (!isNewPhase && (style.isPlain || nowMs() - shownAtMs < LEAST_INTERVAL_MS)) return;
      shownPhase = phase;
      shownAtMs = nowMs();
      const line = progressLine(progress, stderr.columns || DEFAULT_COLUMNS, style);
      if (style.isPlain) stderr.write(`${line}\n`);
      else stderr.replaceLine(line);
    },
    clear() {
      if (steps > 0 && !style.isPlain) stderr.replaceLine("");
    },
  };
}

const DEFAULT_COLUMNS = 80;
