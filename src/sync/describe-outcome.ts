import type { SyncOutcome } from "./commands.ts";

/** What a sync did, in one sentence: "Synced: 3 uploaded, 0 downloaded." */
export function describeExchange({ uploaded, downloaded, conflicts, pending }: SyncOutcome): string {
  const parts = [`${uploaded} uploaded`, `${downloaded} downloaded`];
  if (conflicts > 0) parts.push(conflicts === 1 ? "1 conflict settled" : `${conflicts} conflicts settled`);
  if (pending > 0) parts.push(`${pending} pending`);
  return `Synced: ${parts.join(", ")}.`;
}

/** "2 changes were not accepted by the server" */
export function describeRejected(rejected: number): string {
  return `${rejected === 1 ? "1 change was" : `${rejected} changes were`} not accepted by the server`;
}
