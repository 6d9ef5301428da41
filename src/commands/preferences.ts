import { MoodsyncError } from "../domain/moodsync-error.ts";
import { coloursFor } from "../output/colour.ts";
import { isSettingName, type SettingName, type Settings } from "../settings/definitions.ts";
import { meaningOf, readSettings } from "../settings/settings-file.ts";
import type { Context } from "./context.ts";

/** The settings that hold for a command; the defaults where there is no home directory to keep them in. */
export function settingsOf(context: Context): Settings {
  try {
    return readSettings(context.home.configDir);
  } catch {
    return meaningOf({});
  }
}

/** How a command sets text apart on standard output. `color` is what `--no-color` left of commander's option. */
export function coloursOf(context: Context, { color }: { color?: boolean }) {
  const setting = settingsOf(context).color;
  return coloursFor({ stream: context.stdout, env: context.env, color, setting });
}

/** Throws `invalid_input` for a name that no setting has. */
export function requireSettingName(name: string): SettingName {
  if (isSettingName(name)) return name;
  throw new MoodsyncError("invalid_input", "There is no such setting.", {
    hint: "`moodsync config list` names them all.",
  });
}
