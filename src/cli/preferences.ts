import { MoodsyncError } from "../domain/moodsync-error.ts";
import { toMoodsyncError } from "../files/system-error.ts";
import { calendarSettings } from "../settings/calendar-settings.ts";
import { isSettingName, type SettingName, type Settings } from "../settings/definitions.ts";
import { meaningOf, readStored, settingProblems } from "../settings/settings-file.ts";
import type { Context } from "./context.ts";

/** The settings that hold for a command. Never fails, because a mistake in the file must not keep any command from its
 *  work; but names what does not hold, once. */
export function settingsOf(context: Context): Settings {
  let stored: Record<string, unknown> = {};
  try {
    stored = readStored(context.home.configDir);
  } catch (error) {
    reportOnce(context, [
      `Your settings cannot be read, so the defaults apply: ${toMoodsyncError(error).message}`,
    ]);
  }
  reportOnce(context, settingProblems(stored));
  return meaningOf(stored);
}

const reported = new WeakMap<Context, Set<string>>();

function reportOnce(context: Context, lines: readonly string[]): void {
  const known = reported.get(context) ?? new Set();
  reported.set(context, known);
  for (const line of lines) {
    if (!known.has(line)) context.stderr.write(`${line}\n`);
    known.add(line);
  }
}

/** How days and weeks are counted. */
export function calendarOf(context: Context): { dayStartMs: number; weekStart: Settings["week.start"] } {
  return calendarSettings(settingsOf(context));
}

/** Throws `invalid_input` for a name that no setting has. */
export function requireSettingName(name: string): SettingName {
  if (isSettingName(name)) return name;
  throw new MoodsyncError("invalid_input", "There is no such setting.", {
    hint: "`moodsync config list` shows them all.",
  });
}
