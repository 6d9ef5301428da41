import { existsSync } from "node:fs";
import { join } from "node:path";
import { findInstrument } from "../assessments/find-instrument.ts";
import type { SafetyNotice } from "../assessments/safety/notice.ts";
import { safetyNotice } from "../assessments/safety/notice.ts";
import { regionOf } from "../assessments/safety/region.ts";
import { writePrivateFile } from "../files/private-file.ts";
import { singleLine } from "../output/terminal-text.ts";
import type { Context } from "./context.ts";
import { settingsOf } from "./preferences.ts";

/** Shows the notice that a result calls for, and returns it for the JSON. Call it before the score is shown, and
 *  where it can be before the result is stored: a broken database must not keep it back. It ignores --quiet. */
export function showSafetyNotice(
  context: Context,
  entry: { assessment_type: string; score: number; answers?: readonly (number | null)[] },
): SafetyNotice | null {
  const short = settingsOf(context)["safety.notice"] === "short" && wasShownInFull(context);
  const reader = { region: regionOf(context.env), contacts: contactsOf(context), short };
  const notice = safetyNotice(findInstrument(entry.assessment_type), entry, reader);
  if (notice) context.stderr.write(`${notice.text}\n`);
  if (notice?.triggered && !short) rememberShownInFull(context);
  return notice;
}

/** The user's own contacts, as they may be shown. */
export function contactsOf(context: Context): string[] {
  return settingsOf(context)["safety.contacts"].map(singleLine);
}

const shownFile = ({ home }: Context) => join(home.stateDir, "safety-notice-shown");

function wasShownInFull(context: Context): boolean {
  return existsSync(shownFile(context));
}

/** Where it cannot be remembered, the next one is shown in full, too. */
function rememberShownInFull(context: Context): void {
  try {
    if (!wasShownInFull(context)) writePrivateFile(shownFile(context), "");
  } catch {}
}
