import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { writePrivateFile } from "../files/private-file.ts";
import { systemError } from "../files/system-error.ts";
import { SETTING_NAMES, SETTINGS, type SettingName, type Settings } from "./definitions.ts";

export function settingsFile(configDir: string): string {
  return join(configDir, "settings.json");
}

/** The settings that hold: those of the file, and the default for each that it lacks or that has no meaning.
 *  Never fails, because a mistake in the file must not keep any command from its work; `config` tells of it. */
export function readSettings(configDir: string): Settings {
  try {
    return meaningOf(readStored(configDir));
  } catch {
    return meaningOf({});
  }
}

/** What the file holds, unknown names included; empty where there is none. Throws a `failure` for a file that
 *  cannot be read as JSON. */
export function readStored(configDir: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(settingsFile(configDir), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw systemError(error) ?? error;
  }
  const stored = parseJson(text);
  if (typeof stored === "object" && stored !== null && !Array.isArray(stored)) {
    return stored as Record<string, unknown>;
  }
  throw new MoodsyncError("failure", "The settings file is not a JSON object; nothing was changed.", {
    hint: "`moodsync config path` says where it is: correct it, or delete it to start with the defaults.",
  });
}

export function meaningOf(stored: Record<string, unknown>): Settings {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, heldValue(name, stored)])) as Settings;
}

function heldValue(name: SettingName, stored: Record<string, unknown>): unknown {
  const value = Object.hasOwn(stored, name) ? stored[name] : undefined;
  return SETTINGS[name].isValid(value) ? value : SETTINGS[name].default;
}

/** Stores one setting, or removes it where `value` is undefined, and keeps everything else in the file. */
export function writeSetting<Name extends SettingName>(
  configDir: string,
  name: Name,
  value: Settings[Name] | undefined,
): void {
  const { [name]: _replaced, ...others } = readStored(configDir);
  const stored = value === undefined ? others : { ...others, [name]: value };
  try {
    writePrivateFile(settingsFile(configDir), `${JSON.stringify(stored, null, 2)}\n`);
  } catch (error) {
    throw systemError(error, settingsFile(configDir)) ?? error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
