import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { nowHere, printJson } from "../../cli/output-options.ts";
import { isDaemonRunning, isHoldingLock } from "../../daemon/daemon-lock.ts";
import { type DaemonStatus, readDaemonStatus } from "../../daemon/daemon-status.ts";
import { longestRetryMs } from "../../daemon/sync-plan.ts";
import { groupedNumber } from "../../domain/text/grouped-number.ts";
import { MINUTE_MS } from "../../domain/time/durations.ts";
import { parseTimestamp } from "../../domain/time/timestamp.ts";
import { systemZone } from "../../input/system-zone.ts";
import { formatMoment } from "../../output/moment.ts";
import { textLines } from "../../output/terminal-text.ts";

export default function daemonStatus(context: Context): AnyCommand {
  return new Command()
    .description("Show whether the daemon is running, and what it does next.")
    .option("--json", "print JSON")
    .action((options) => {
      const { stateDir } = context.home;
      const running = isDaemonRunning(stateDir);
      const status = running ? readDaemonStatus(stateDir) : null;
      if (options.json) return printJson(context, { running, ...(status ?? {}) });
      if (!status) {
        const line = running
          ? "A daemon is running, but does not say what it does."
          : "No daemon is running. `moodsync daemon start` starts one.";
        return void context.stdout.write(`${line}\n`);
      }
      context.stdout.write(textLines(statusLines(context, status, isHoldingLock(stateDir, status.pid))));
    });
}

function statusLines(context: Context, status: DaemonStatus, isHere: boolean): string[] {
  const { halted, last_sync_at, next_sync_at, failures } = status;
  const moment = (time: string) => {
    const ms = parseTimestamp(time)?.ms ?? 0;
    return formatMoment({ ms, offsetMinutes: systemZone(ms) }, nowHere(context));
  };
  const lines: [string, string | null][] = [
    [
      "Daemon",
      `process ${status.pid}${isHere ? "" : " of a container or another user"}, since ${moment(status.started_at)}, version ${status.version}`,
    ],
    ["Database", status.database_read === true ? null : DATABASE_WORDS[`${status.database_read}`]],
    ["Syncs", `every ${status.interval_minutes} minutes and after changes`],
    ["Stopped", halted && HALTED_WORDS[halted]],
    [
      "Last sync",
      last_sync_at && status.last_sync && `${moment(last_sync_at)}: ${RESULT_WORDS[status.last_sync]}`,
    ],
    ["Failures", failures > 0 ? failureWords(status) : null],
    ["Next sync", next_sync_at && moment(next_sync_at)],
    ["Reminders", status.reminders ? (status.reminder_problem ?? "on") : "off"],
  ];
  return lines.filter(([, value]) => value !== null).map(([name, value]) => `${name.padEnd(10)} ${value}`);
}

function failureWords({ failures, interval_minutes }: DaemonStatus): string {
  const minutes = longestRetryMs(interval_minutes * MINUTE_MS) / MINUTE_MS;
  return `${failures} in a row; waiting up to ${groupedNumber(minutes)} minutes between attempts`;
}

const HALTED_WORDS = {
  not_configured: "sync is not set up; `moodsync sync enable <URL>` sets it up",
  key_rejected:
    "the key was not accepted; it is tried once an hour, and `moodsync sync enable` takes another one",
};

const DATABASE_WORDS = {
  null: "not read yet: the daemon has only just started",
  false: "cannot be read and is tried again; `moodsync list` says why",
};

const RESULT_WORDS: Record<NonNullable<DaemonStatus["last_sync"]>, string> = {
  ok: "worked",
  partial: "worked, but the server rejected some changes; `moodsync sync status` says why",
  failed: "failed; `moodsync sync status` says why",
  unreachable: "the server was not reachable",
  unauthorized: "the key was not accepted",
  not_configured: "sync is not set up",
};
