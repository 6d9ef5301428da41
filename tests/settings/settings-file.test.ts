import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SETTING_NAMES, SETTINGS, settingOf } from "../../src/settings/definitions.ts";
import { meaningOf, readSettings, settingsFile, writeSetting } from "../../src/settings/settings-file.ts";

let configDir: string;

beforeEach(() => {
  configDir = mkdtempSync(join(tmpdir(), "moodsync-settings-"));
});
afterEach(() => rmSync(configDir, { recursive: true }));

const write = (text: string) => writeFileSync(settingsFile(configDir), text);
const read = () => JSON.parse(readFileSync(settingsFile(configDir), "utf8"));

test("without a file every setting has its default, and every default is valid", () => {
  const settings = readSettings(configDir);
  for (const name of SETTING_NAMES) {
    expect(settings[name]).toEqual(SETTINGS[name].default);
    expect(settingOf(name).isValid(SETTINGS[name].default)).toBe(true);
  }
});

test("what is written is read back, and only its owner can read the file", () => {
  writeSetting(configDir, "sync.interval", 30);
  writeSetting(configDir, "safety.contacts", ["Ann, 12"]);
  expect(readSettings(configDir)).toEqual({
    ...meaningOf({}),
    "sync.interval": 30,
    "safety.contacts": ["Ann, 12"],
  });
  expect(statSync(settingsFile(configDir)).mode & 0o777).toBe(0o600);
  writeSetting(configDir, "sync.interval", undefined);
  expect(read()).toEqual({ "safety.contacts": ["Ann, 12"] });
});

test("names that this version does not know are kept", () => {
  write('{"from.later": {"a": 1}, "reminders": false}');
  writeSetting(configDir, "reminders", true);
  expect(read()).toEqual({ "from.later": { a: 1 }, reminders: true });
});

test("a value without meaning counts as the default and harms no other", () => {
  write('{"sync.interval": "often", "reminders": false}');
  expect(readSettings(configDir)).toMatchObject({ "sync.interval": 15, reminders: false });
});

test.each(["", "{", "[]", "null", '"text"'])(
  "a file that is %j counts as empty when read, and is not overwritten",
  (text) => {
    write(text);
    expect(readSettings(configDir)).toEqual(meaningOf({}));
    expect(() => writeSetting(configDir, "reminders", false)).toThrow("not a JSON object");
    expect(readFileSync(settingsFile(configDir), "utf8")).toBe(text);
  },
);

test("a settings file that is a link stays one", () => {
  const real = join(configDir, "real.json");
  writeFileSync(real, "{}");
  symlinkSync(real, settingsFile(configDir));
  writeSetting(configDir, "reminders", false);
  expect(JSON.parse(readFileSync(real, "utf8"))).toEqual({ reminders: false });
});
