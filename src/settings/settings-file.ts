import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
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
  const bytes = readIfThere(settingsFile(configDir));
  if (bytes === null) return {};
  const stored = isUtf8(bytes) ? parseJson(bytes.toString("utf8")) : undefined;
  if (typeof stored === "object" && stored !== null && !Array.isArray(stored)) {
    return stored as Record<string, unknown>;
  }
  throw new MoodsyncError(
    "failure",
    "The settings file is not a JSON object in UTF-8; nothing was changed.",
    {
      hint: "`moodsync config path` says where it is: correct it, or delete it to start with the defaults.",
    },
  );
}

/** A sentence for each setting of the file whose value has no meaning. */
export function settingProblems(stored: Record<string, unknown>): string[] {
  return SETTING_NAMES.filter(
    (name) => Object.hasOwn(stored, name) && !SETTINGS[name].isValid(stored[name]),
  ).map((name) => `In the settings file, ${name} is not ${SETTINGS[name].form}; the default applies.`);
}

/** Null where there is no file. One that is none, like a pipe, is not waited for. */
function readIfThere(file: string): Buffer | null {
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (!stats) return null;
    if (stats.isFile()) return readFileSync(file);
  } catch (error) {
    throw systemError(error) ?? error;
  }
  throw new MoodsyncError("failure", `${file} is not a file.`, {
    hint: "Move it out of the way; the settings file belongs there.",
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
