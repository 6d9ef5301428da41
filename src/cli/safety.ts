import type { SafetyNotice } from "../assessments/safety/notice.ts";
import { regionOf } from "../assessments/safety/region.ts";
import { noticeOf } from "../entries/safety-notice.ts";
import { singleLine } from "../output/terminal-text.ts";
import { wrapWords } from "../output/wrap-words.ts";
import type { Context } from "./context.ts";
import { settingsOf } from "./preferences.ts";

/** Shows the notice that a result calls for, and returns it for the JSON; see `noticeOf` for when. It ignores --quiet. */
export function showSafetyNotice(
  context: Context,
  result: { assessment_type: string; score: number; answers?: readonly (number | null)[] },
): SafetyNotice | null {
  const reader = {
    region: regionOf(context.env),
    contacts: contactsOf(context).map(singleLine),
    prefersShort: settingsOf(context)["safety.notice"] === "short",
    stateDir: () => context.home.stateDir,
  };
  const due = noticeOf(reader, result);
  if (!due) return null;
  const { columns } = context.stderr;
  const lines = due.notice.text.split("\n");
  context.stderr.write(
    `${(columns ? lines.flatMap((line) => wrapWords(line, columns)) : lines).join("\n")}\n`,
  );
  due.wasShown();
  return due.notice;
}

/** The user's own contacts, as they are stored. */
export function contactsOf(context: Context): readonly string[] {
  return settingsOf(context)["safety.contacts"];
}
