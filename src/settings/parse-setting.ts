import { MoodsyncError } from "../domain/moodsync-error.ts";
import { type SettingName, settingOf } from "./definitions.ts";

/** The value that was typed for a setting. Throws `invalid_input` for what the setting may not be. */
export function parseSetting(name: SettingName, text: string): unknown {
  const setting = settingOf(name);
  const value = setting.fromText(text.trim());
  if (setting.isValid(value)) return value;
  throw new MoodsyncError("invalid_input", `${name} must be ${setting.form}.`);
}
