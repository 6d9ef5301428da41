import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { singleLine } from "../../output/terminal-text.ts";
import { SETTING_NAMES, settingOf } from "../../settings/definitions.ts";
import { parseSetting } from "../../settings/parse-setting.ts";
import { readSettings, writeSetting } from "../../settings/settings-file.ts";
import { readSettingsSnapshot } from "../../tui/settings/settings-snapshot.ts";
import { statusLines } from "../../tui/settings/status-lines.ts";
import { nowHere } from "../output-options.ts";
import { requireSettingName } from "../preferences.ts";
import { sayLines } from "../say-lines.ts";
import { orSayWhy, type PlainSession } from "./plain-session.ts";

const QUESTION = "A name and a value change one, as in palette dusk; nothing for back: ";
/** Longest line, in characters: contacts of one's own are long. */
const MAX_CHARACTERS = 500;

/** Says how sync stands and every preference, and changes preferences. */
export async function changeSettings(session: PlainSession): Promise<void> {
  const { context, device, reader } = session;
  const status = statusLines(readSettingsSnapshot(device), null, nowHere(context));
  const values: Record<string, unknown> = readSettings(device.home.configDir);
  sayLines(context, [
    ...status.map(([name, value]) => `${name}: ${value}.`),
    ...SETTING_NAMES.map((name) => {
      const { description, toText } = settingOf(name);
      return `${name}: ${singleLine(toText(values[name])) || "none"}. ${description}`;
    }),
    "moodsync sync enable connects to a server; moodsync account shows its devices and keys.",
  ]);
  for (;;) {
    const typed = await reader.ask(QUESTION, { longest: MAX_CHARACTERS, takesPastes: true });
    if (typed === "" || typed === "b" || typed === "q") return;
    await orSayWhy(session, () => change(session, typed));
  }
}

function change({ context, device }: PlainSession, typed: string): void {
  const { configDir } = device.home;
  const [word = "", ...value] = typed.split(/\s+/);
  const name = requireSettingName(word);
  if (value.length === 0) throw new MoodsyncError("invalid_input", "Its value is missing.");
  writeSetting(configDir, name, parseSetting(name, value.join(" ")) as never);
  sayLines(context, [singleLine(settingOf(name).sentence(readSettings(configDir)[name]))]);
}
