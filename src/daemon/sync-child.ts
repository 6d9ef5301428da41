import { EXIT_CODE } from "../domain/exit-code.ts";
import { MINUTE_MS } from "../domain/time/durations.ts";
import type { ChildRunner } from "./child-process.ts";
import type { DaemonEvent } from "./daemon-log.ts";
import type { SyncResult } from "./sync-plan.ts";

/** Longer than the first sync of a large database takes. One that is ended here goes on where it was. */
const SYNC_TIMEOUT_MS = 30 * MINUTE_MS;

const RESULT_BY_EXIT_CODE: Record<number, SyncResult> = {
  0: "ok",
  [EXIT_CODE.unauthorized]: "unauthorized",
  [EXIT_CODE.partial]: "partial",
  [EXIT_CODE.unreachable]: "unreachable",
  [EXIT_CODE.not_configured]: "not_configured",
};

/** Syncs once in a process of its own, and says how that ended and what may be logged of it. */
export async function runSyncChild(
  children: ChildRunner,
  program: readonly string[],
): Promise<{ result: SyncResult; event: DaemonEvent }> {
  const command = [...program, "sync", "--quiet", "--json"];
  const { code, stdout } = await children.run(command, { timeoutMs: SYNC_TIMEOUT_MS, needsKey: true });
  const result = RESULT_BY_EXIT_CODE[code ?? -1] ?? "failed";
  const outcome = parseOutcome(stdout);
  const reason = outcome.error?.code ?? outcome.status ?? "no answer";
  if (result !== "ok" && result !== "partial") {
    return { result, event: { event: "sync failed", reason, exit_code: code } };
  }
  const { uploaded, downloaded, conflicts, pending, rejected, duration_ms } = outcome;
  return {
    result,
    event: {
      event: "synced",
      reason,
      ...counts({ uploaded, downloaded, conflicts, pending, rejected, duration_ms }),
    },
  };
}

interface Outcome extends Partial<Record<string, unknown>> {
  status?: string;
  error?: { code: string };
}

/** Takes only counts and codes from an answer, so that nothing else can reach the log. */
function parseOutcome(stdout: string): Outcome {
  try {
    const { status, error, ...rest } = JSON.parse(stdout);
    return {
      ...rest,
      ...(isCode(status) ? { status } : {}),
      ...(isCode(error?.code) ? { error: { code: error.code } } : {}),
    };
  } catch {
    return {};
  }
}

function isCode(value: unknown): value is string {
  return typeof value === "string" && /^[a-z_]{1,40}$/.test(value);
}

function counts<Name extends string>(given: Record<Name, unknown>): Partial<Record<Name, number>> {
  const numbers = Object.entries(given).filter(([, value]) => Number.isSafeInteger(value));
  return Object.fromEntries(numbers) as Partial<Record<Name, number>>;
}
