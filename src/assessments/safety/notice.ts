import type { Instrument } from "../instrument.ts";
import { isTopBand } from "../instrument.ts";
import { helpLines } from "./help.ts";
import type { HelpResource } from "./resources.ts";
import { resourcesFor } from "./resources.ts";

/** What is said beside a result. `text` goes to stderr before the score, always: neither --quiet nor --json nor a
 *  pipe keeps it back. The whole object is `safety` in the JSON of the result; the exit code stays 0. */
export interface SafetyNotice {
  /** Whether an item about harming oneself was answered with more than "not at all". */
  triggered: boolean;
  /** That item's number; null for the neutral line. */
  item: number | null;
  text: string;
  resources: HelpResource[];
}

/** For whom the notice is. */
export interface SafetyReader {
  /** ISO 3166-1; undefined where it is not known. */
  region: string | undefined;
  /** People and lines of their own, as they are shown. */
  contacts: readonly string[];
  /** Two lines instead of all: their wish, and they have seen it in full. */
  short: boolean;
}

/** Shown for what may deserve support without anything being known to be wrong. It neither alarms nor reassures. */
const NEUTRAL_LINE = "Support lines, at any time: moodsync help-now";

/** The notice of one result, null where none is due. Without answers (a total from elsewhere) nothing triggers;
 *  every result of an instrument with an item about harming oneself, and the top band of any, gets the neutral
 *  line. A safety item that was not answered is not a "no" (reference: PHQ-9 item 9, EPDS item 10). */
export function safetyNotice(
  instrument: Instrument | undefined,
  result: { score: number; answers?: readonly (number | null)[] },
  reader: SafetyReader,
): SafetyNotice | null {
  if (!instrument) return null;
  const item = instrument.safetyItems.find((number) => (result.answers?.[number - 1] ?? 0) > 0);
  if (item !== undefined) {
    return { triggered: true, item, text: triggeredText(reader), resources: resourcesFor(reader.region) };
  }
  const isNeutralDue = instrument.safetyItems.length > 0 || isTopBand(instrument, result.score);
  return isNeutralDue ? { triggered: false, item: null, text: NEUTRAL_LINE, resources: [] } : null;
}

/** What the notice begins with, a sentence each, and what it ends with. */
export const NOTICE_OPENING = [
  "You noted thoughts of being better off dead or of hurting yourself.",
  "You don't have to handle that alone.",
] as const;
export const EMERGENCY_SENTENCE = "If you might act on them, call your local emergency number now.";
export const NOTICE_CLOSING = [
  "Talking with someone you trust or your clinician can help.",
  "moodsync does not contact anyone and is not a medical device.",
] as const;

function triggeredText({ region, contacts, short }: SafetyReader): string {
  if (short) return SHORT_NOTICE;
  return [
    NOTICE_OPENING.join(" "),
    EMERGENCY_SENTENCE,
    ...helpLines(region, contacts),
    ...NOTICE_CLOSING,
  ].join("\n");
}

/** The notice in two lines. */
export const SHORT_NOTICE = [
  NOTICE_OPENING.join(" "),
  `${EMERGENCY_SENTENCE} Support lines: moodsync help-now`,
].join("\n");
