import { Box } from "ink";
import { useState } from "react";
import { truncate } from "../../output/display-width.ts";
import { singleLine } from "../../output/terminal-text.ts";
import { wrapWords } from "../../output/wrap-words.ts";
import { SETTING_NAMES, type SettingName, settingOf } from "../../settings/definitions.ts";
import { parseSetting } from "../../settings/parse-setting.ts";
import { readSettings, writeSetting } from "../../settings/settings-file.ts";
import { problemMessage } from "../components/message.ts";
import { ROW_INDENT, Row } from "../components/row.tsx";
import { Text } from "../components/text.tsx";
import { type Leaving, TextField } from "../components/text-field.tsx";
import { useSelection } from "../components/use-selection.ts";
import { letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import type { PageProps } from "./page-props.ts";

/** What `moodsync config` has, one setting a row. What can only be a few things goes from one to the next. */
export function PreferencesPage({ device, width, say }: PageProps) {
  const { configDir } = device.home;
  const [values, setValues] = useState(() => readTexts(configDir));
  const [edited, setEdited] = useState<SettingName | null>(null);
  const selection = useSelection(SETTING_NAMES);
  const selected = SETTING_NAMES[selection.index]!;
  const { description, choices } = settingOf(selected);

  /** Null goes back to the default. True when it was stored. */
  function store(name: SettingName, text: string | null): boolean {
    try {
      writeSetting(configDir, name, text === null ? undefined : (parseSetting(name, text) as never));
      setValues(readTexts(configDir));
      const { sentence } = settingOf(name);
      say({ tone: "done", text: singleLine(sentence(readSettings(configDir)[name])) });
      return true;
    } catch (error) {
      say(problemMessage(error));
      return false;
    }
  }

  function leave(text: string, leaving: Leaving): void {
    if (text.trim() !== values[selected] && !store(selected, text)) return;
    setEdited(null);
    if (leaving !== "enter") selection.select(selection.index + (leaving === "previous" ? -1 : 1));
  }

  useKeys("view", (key) => {
    if (selection.onKey(key)) return true;
    const isEnter = key.name === "enter" || letterOf(key) === " ";
    if (isEnter && choices)
      store(selected, choices[(choices.indexOf(values[selected]) + 1) % choices.length]!);
    else if (isEnter) setEdited(selected);
    else if (letterOf(key) === "x") store(selected, null);
    else return false;
    return true;
  });

  const room = width - ROW_INDENT - 1;
  return (
    <Box flexDirection="column">
      {SETTING_NAMES.map((name) => (
        <Row key={name} name={name} isSelected={name === selected}>
          {name === edited ? (
            <TextField initial={values[name]} width={room} onLeave={leave} onCancel={() => setEdited(null)} />
          ) : (
            truncate(values[name] === "" ? "none" : singleLine(values[name]), room)
          )}
        </Row>
      ))}
      <Box height={1} />
      <Text dimColor>
        {wrapWords(`${description} x goes back to the default.`, width - 4)
          .map((line) => `  ${line}`)
          .join("\n")}
      </Text>
    </Box>
  );
}

/** The value of every setting as it would be typed; the defaults where the file cannot be read, which storing tells. */
function readTexts(configDir: string): Record<SettingName, string> {
  const values: Record<string, unknown> = readSettings(configDir);
  return Object.fromEntries(
    SETTING_NAMES.map((name) => [name, settingOf(name).toText(values[name])]),
  ) as Record<SettingName, string>;
}
