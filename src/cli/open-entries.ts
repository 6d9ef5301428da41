import type { Entries } from "../entries/entries.ts";
import { forgetOldDrafts } from "../entries/old-drafts.ts";
import { forgetExpiredAnswers } from "../entries/waiting-answers.ts";
import { systemZone } from "../input/system-zone.ts";
import type { Context } from "./context.ts";

/** This device's entries, for a command that writes. `nowMs` is when it began. Answers and drafts that nobody went on
 *  with do not outlive it. */
export async function openEntries(context: Context, nowMs = context.nowMs()): Promise<Entries> {
  const { stateDir } = context.home;
  forgetExpiredAnswers(stateDir, nowMs);
  const entries = { db: await context.database(), nowMs, zone: systemZone };
  forgetOldDrafts(entries, stateDir);
  return entries;
}
