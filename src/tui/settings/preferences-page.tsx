import { Box } from "ink";
import { useState } from "react";
import { MOOD_NAMES } from "../../domain/entities/mood-name.ts";
import { fitLine } from "../../output/fit-line.ts";
import type { Level } from "../../output/palette.ts";
import { type Part, styleFrom, type TerminalStyle, verbatim } from "../../output/terminal-style.ts";
import { singleLine } from "../../output/terminal-text.ts";
import { wrapWords } from "../../output/wrap-words.ts";
import { SETTING_NAMES, type SettingName, settingOf } from "../../settings/definitions.ts";
import { parseSetting } from "../../settings/parse-setting.ts";
import { readSettings, writeSetting } from "../../settings/settings-file.ts";
import { useStyle } from "../app-root.tsx";
import { Lines } from "../components/lines.tsx";
import { problemMessage } from "../components/message.ts";
import { ROW_INDENT, Row } from "../components/row.tsx";
import { firstVisible } from "../components/selectable-list.tsx";
import { type Leaving, TextField } from "../components/text-field.tsx";
import { useSelection } from "../components/use-selection.ts";
import { letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { PAGE_TOP, type PageProps } from "./page-props.ts";

/** What `moodsync config` has, one setting a row. What can only be a few things goes from one to the next. */
export function PreferencesPage({ device, width, height, say, changed }: PageProps) {
  const style = useStyle();
  const { configDir } = device.home;
  const [values, setValues] = useState(() => readTexts(configDir));
  const [edited, setEdited] = useState<SettingName | null>(null);
  const selection = useSelection(SETTING_NAMES, (row) => row - PAGE_TOP + first);
  const selected = SETTING_NAMES[selection.index]!;
  const { description, choices } = settingOf(selected);

  /** Null goes back to the default. True when it was stored. */
  function store(name: SettingName, text: string | null): boolean {
    try {
      writeSetting(configDir, name, text === null ? undefined : (parseSetting(name, text) as never));
      setValues(readTexts(configDir));
      changed();
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
  const isNarrow = width < COLUMNS_FOR_WIDE;
  const isLow = height < SETTING_NAMES.length + EXPLAINED_ROWS;
  const most = isLow && !isNarrow ? 2 : 3;
  const rows = isLow ? Math.max(1, height - most - (isNarrow ? 2 : 1)) : SETTING_NAMES.length;
  const first = firstVisible(SETTING_NAMES.length, selection.index, rows);
  const explained = wrapWords(description, Math.min(74, room));
  const indent = " ".repeat(ROW_INDENT);
  const chips = fitLine(width, [indent, ...moodChips(width, style)], style);
  return (
    <Box flexDirection="column">
      {SETTING_NAMES.slice(first, first + rows).map((name) => (
        <Row
          key={name}
          {...{ name, width }}
          isSelected={name === selected}
          value={valueParts(shownText(name, values[name]), settingOf(name).choices, style)}
        >
          {name === edited ? (
            <TextField initial={values[name]} width={room} onLeave={leave} onCancel={() => setEdited(null)} />
          ) : null}
        </Row>
      ))}
      <Lines
        lines={[
          style.line("  ", style.dim(moreWords(first, SETTING_NAMES.length - first - rows))),
          ...Array.from({ length: most }, (_, at) => style.line(indent, explained[at] ?? "")),
          ...(isLow ? [] : [style.line()]),
          chips,
        ]}
      />
    </Box>
  );
}

const COLUMNS_FOR_WIDE = 76;
/** Rows below the settings: the explanation of the selected one and the five moods as they look now. Where that has no
 *  room, the moods stand in a row that is a message's, should there be a long one. */
const EXPLAINED_ROWS = 6;

/** Which settings are not seen; empty where all are. */
function moreWords(above: number, below: number): string {
  return [above > 0 ? `${above} more above` : "", below > 0 ? `${below} more below` : ""]
    .filter((words) => words !== "")
    .join(", ");
}

/** All that a setting can be, with what it is; where it can be anything, what it is. */
function valueParts(value: string, choices: readonly string[] | undefined, style: TerminalStyle): Part[] {
  if (!choices) return value === "" ? [style.dim("none")] : [verbatim(value)];
  return choices.flatMap((choice, index): Part[] => {
    const isChosen = choice === value;
    const sign = style.isAscii
      ? isChosen
        ? "(x)"
        : "( )"
      : isChosen
        ? style.glyphs.mean
        : style.glyphs.before;
    return [index === 0 ? "" : "   ", `${sign} `, isChosen ? style.bold(choice) : choice];
  });
}

/** The five moods in the colours that are chosen, as they look on either background. */
function moodChips(width: number, style: TerminalStyle): Part[] {
  const isNarrow = width < COLUMNS_FOR_WIDE;
  const levels = MOOD_NAMES.map((name, index) => ({ name, level: (index + 1) as Level }));
  if (!style.hasColour) {
    return levels.flatMap(({ name, level }) => [style.chip(level), isNarrow ? "  " : ` ${name}  `]);
  }
  return (["dark", "light"] as const).flatMap((appearance): Part[] => {
    const shown = styleFrom({ ...style, appearance });
    return [
      `${appearance} `,
      ...levels.map(({ level }) => shown.fill(level, isNarrow ? `${level} ` : ` ${level} `)),
      "   ",
    ];
  });
}

function shownText(name: SettingName, text: string): string {
  const { fromText, shown } = settingOf(name);
  return shown?.(fromText(text)) ?? text;
}

/** The value of every setting as it would be typed; the defaults where the file cannot be read, which storing tells. */
function readTexts(configDir: string): Record<SettingName, string> {
  const values: Record<string, unknown> = readSettings(configDir);
  return Object.fromEntries(
    SETTING_NAMES.map((name) => [name, settingOf(name).toText(values[name])]),
  ) as Record<SettingName, string>;
}
