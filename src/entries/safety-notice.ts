import { existsSync } from "node:fs";
import { join } from "node:path";
import { findInstrument } from "../assessments/find-instrument.ts";
import { type SafetyNotice, type SafetyReader, safetyNotice } from "../assessments/safety/notice.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import { DAY_MS } from "../domain/time/durations.ts";
import { timestampToMs } from "../domain/time/timestamp.ts";
import { differencesBetween } from "../domain/versions/difference.ts";
import { writePrivateFile } from "../files/private-file.ts";
import type { RevertedChange } from "../local/versions/revert-command.ts";

/** Who reads the notice, and where this device remembers that it was shown. */
export interface NoticeReader extends Omit<SafetyReader, "short"> {
  /** Asked for only where something is remembered: without a home directory the notice is shown all the same. */
  stateDir(): string;
  /** The wish for two lines instead of all, once it was shown in full. */
  prefersShort: boolean;
}

/** The notice that a result calls for, null where none is due. Show it before the score, and where it can be before the
 *  result is stored: a broken database must not keep it back. `wasShown` is to be called then. */
export function noticeOf(
  reader: NoticeReader,
  result: { assessment_type: string; score: number; answers?: readonly (number | null)[] },
): { notice: SafetyNotice; wasShown(): void } | null {
  const short = isShortNotice(reader);
  const notice = safetyNotice(findInstrument(result.assessment_type), result, { ...reader, short });
  return (
    notice && {
      notice,
      wasShown() {
        if (notice.triggered && !short) rememberShownInFull(reader);
      },
    }
  );
}

/** The result that a command brought back or changed, as it stands now, if its questions ask about the days until now: an
 *  older one was heeded in its time. Null for any other change. */
export function recentResult(
  { entityType, before, after }: RevertedChange,
  nowMs: number,
): AssessmentEntry | null {
  if (entityType !== "AssessmentEntry" || !after) return null;
  const fields = before ? differencesBetween(before, after).map(({ field }) => field) : RESULT_FIELDS;
  const entry = after as AssessmentEntry;
  const { recallDays = 0 } = findInstrument(entry.assessment_type) ?? {};
  const isRecent = nowMs - timestampToMs(entry.taken_at) < recallDays * DAY_MS;
  return isRecent && fields.some((field) => RESULT_FIELDS.includes(field)) ? entry : null;
}

const RESULT_FIELDS = ["assessment_type", "score", "answers", "taken_at"];

/** Whether the notice has two lines: the reader's wish, and they have seen it in full. */
export function isShortNotice(reader: NoticeReader): boolean {
  return reader.prefersShort && wasShownInFull(reader);
}

const shownFile = ({ stateDir }: NoticeReader) => join(stateDir(), "safety-notice-shown");

function wasShownInFull(reader: NoticeReader): boolean {
  return existsSync(shownFile(reader));
}

/** Where it cannot be remembered, the next one is shown in full, too. */
function rememberShownInFull(reader: NoticeReader): void {
  try {
    if (!wasShownInFull(reader)) writePrivateFile(shownFile(reader), "");
  } catch {}
}
