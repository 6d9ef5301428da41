import { LABEL } from "../domain/entities/field-kinds.ts";
import { dayStartOf } from "../domain/time/local-day.ts";

/** One preference: what it is called, what it may be, and what holds when nobody has set it. */
export interface Setting<T> {
  /** One sentence for people. */
  description: string;
  default: T;
  /** What a value must be, in words that follow "must be". */
  form: string;
  /** Where it can only be a few things: what may be typed, the default first. */
  choices?: readonly string[];
  isValid(value: unknown): value is T;
  /** What was typed, as it would stand in the file; `isValid` has the last word. */
  fromText(text: string): unknown;
  toText(value: T): string;
  /** How a list of settings shows it, where that is more than what is typed. */
  shown?(value: T): string;
  /** What holds from now on, said to whoever has just set it. */
  sentence(value: T): string;
}

/** Every setting, in the order in which they are listed. Each is read by something in the program. */
export const SETTINGS = {
  appearance: choice({
    description:
      "The background that the colours of moods are made for: as the terminal says it (auto), dark, or light.",
    default: "auto",
    choices: ["auto", "dark", "light"],
    sentence: (choice) =>
      choice === "auto"
        ? "The colours now follow what the terminal says of its background."
        : `The colours are now those for a ${choice} background.`,
  }),
  palette: choice({
    description:
      "Colours of the five moods. They differ in lightness too, and each day has its digit in any case.",
    default: "aurora",
    choices: ["aurora", "dusk", "mono"],
    sentence: (choice) => `The colours of moods are now ${choice}.`,
  }),
  color: choice({
    description:
      "Whether output is in colour: automatically (on terminals that have colour), always, or never.",
    default: "auto",
    choices: ["auto", "always", "never"],
    sentence: (choice) =>
      `Colour is now ${{ auto: "automatic", always: "always on", never: "off" }[choice]}.`,
  }),
  glyphs: choice({
    description:
      "The signs of charts and lists: as the terminal has them (auto), lines in blocks instead of dots, or ASCII alone.",
    default: "auto",
    choices: ["auto", "blocks", "ascii"],
    sentence: (choice) =>
      `Signs are now ${{ auto: "those that the terminal has", blocks: "drawn in blocks", ascii: "ASCII alone" }[choice]}.`,
  }),
  plain: onOff({
    description: "Whether everything is said in words, a fact a line, as a screen reader wants it.",
    default: false,
    sentence: (isOn) =>
      isOn ? "Everything is now said in words, a fact a line." : "Output is now in columns and signs again.",
  }),
  mouse: onOff({
    description: "Whether the screens take clicks and the wheel, or leave the mouse to the terminal.",
    default: true,
    sentence: (isOn) =>
      isOn
        ? "Screens that are opened from now on take clicks and the wheel."
        : "Screens that are opened from now on leave the mouse to the terminal.",
  }),
  "notes.lists": choice({
    description: "Whether lists show notes without --notes; others may be looking.",
    default: "hidden",
    choices: ["hidden", "shown"],
    sentence: (choice) => `Notes in lists are now ${choice}.`,
  }),
  "log.week": onOff({
    description: "Whether logging a mood shows the week on a terminal, where others may scroll back to it.",
    default: true,
    sentence: (isOn) => `Logging a mood now shows ${isOn ? "the week" : "nothing but what was logged"}.`,
  }),
  "week.start": choice({
    description: "The weekday with which a week begins.",
    default: "monday",
    choices: ["monday", "sunday"],
    sentence: (weekday) => `Weeks now begin on ${weekday === "monday" ? "Monday" : "Sunday"}.`,
  }),
  "day.start": clockTime({
    description: "When a day begins: what is earlier in the night belongs to the day before.",
    default: "04:00",
    latest: "12:00",
    sentence: (clock) => `Days now begin at ${clock}.`,
  }),
  "sync.interval": wholeNumber({
    description: "Minutes between two syncs of the daemon.",
    default: 15,
    min: 1,
    max: 24 * 60,
    shown: (minutes) => (minutes === 1 ? "1 minute" : `${minutes} minutes`),
    sentence: (minutes) => `The daemon now syncs every ${minutes === 1 ? "minute" : `${minutes} minutes`}.`,
  }),
  reminders: onOff({
    description: "Whether the daemon reminds you of an assessment that has become due.",
    default: true,
    sentence: (isOn) => `Reminders are now ${isOn ? "on" : "off"}.`,
  }),
  "reminders.daily": clockTimeOrOff({
    description: "When the daemon reminds you once a day to log a mood, if none was logged that day; or off.",
    sentence: (clock) =>
      clock === "off"
        ? "There is now no daily reminder to log."
        : `The daemon now reminds you at ${clock} on days without a mood; \`moodsync daemon start\` starts it.`,
  }),
  "safety.notice": choice({
    description: "How long the notice about support lines is, once it has been shown in full.",
    default: "full",
    choices: ["full", "short"],
    sentence: (choice) => `The notice about support lines is now ${choice}.`,
  }),
  "safety.contacts": textList({
    description:
      "People and lines of your own that are listed with the support lines, separated by semicolons.",
    maxItems: 10,
    sentence: (contacts) =>
      contacts.length === 0
        ? "The support lines are now listed without contacts of your own."
        : `Your own contacts are now: ${contacts.join("; ")}`,
  }),
} as const;

export type SettingName = keyof typeof SETTINGS;

type ValueOf<S> = S extends Setting<infer T> ? T : never;

/** The value of every setting. */
export type Settings = { -readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** A setting of which no more is known than its name. */
export function settingOf(name: SettingName): Setting<unknown> {
  return SETTINGS[name];
}

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}

function wholeNumber(given: {
  description: string;
  default: number;
  min: number;
  max: number;
  shown: (value: number) => string;
  sentence: (value: number) => string;
}): Setting<number> {
  const { min, max } = given;
  return {
    description: given.description,
    default: given.default,
    sentence: given.sentence,
    form: `a whole number from ${min} to ${max}`,
    isValid: (value): value is number =>
      Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
    fromText: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : null),
    toText: String,
    shown: given.shown,
  };
}

const BOOLEAN_BY_WORD: Record<string, boolean> = {
  on: true,
  yes: true,
  true: true,
  off: false,
  no: false,
  false: false,
};

function onOff(given: {
  description: string;
  default: boolean;
  sentence: (value: boolean) => string;
}): Setting<boolean> {
  return {
    ...given,
    form: "on or off",
    choices: given.default ? ["on", "off"] : ["off", "on"],
    isValid: (value) => typeof value === "boolean",
    fromText: (text) => BOOLEAN_BY_WORD[text.toLowerCase()],
    toText: (value) => (value ? "on" : "off"),
  };
}

function choice<const Choice extends string>(given: {
  description: string;
  default: NoInfer<Choice>;
  choices: readonly Choice[];
  sentence: (value: NoInfer<Choice>) => string;
}): Setting<Choice> {
  const { choices } = given;
  return {
    description: given.description,
    default: given.default,
    sentence: given.sentence,
    form: `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`,
    choices,
    isValid: (value): value is Choice => choices.includes(value as Choice),
    fromText: (text) => text.toLowerCase(),
    toText: String,
  };
}

/** A time of day as "04:00". */
function clockTime(given: {
  description: string;
  default: string;
  latest: string;
  sentence: (value: string) => string;
}): Setting<string> {
  return {
    description: given.description,
    default: given.default,
    sentence: given.sentence,
    form: `a time from 00:00 to ${given.latest}`,
    isValid: (value): value is string =>
      typeof value === "string" && dayStartOf(value) !== null && value <= given.latest,
    fromText: (text) => text.padStart("04:00".length, "0"),
    toText: String,
  };
}

/** A time of day as "20:30", or "off", which holds when nobody has set it. */
function clockTimeOrOff(given: {
  description: string;
  sentence: (value: string) => string;
}): Setting<string> {
  const clock = clockTime({ ...given, default: "off", latest: "23:59" });
  return {
    ...clock,
    form: `${clock.form}, or off`,
    isValid: (value): value is string => value === "off" || clock.isValid(value),
    fromText: (text) => (BOOLEAN_BY_WORD[text.toLowerCase()] === false ? "off" : clock.fromText(text)),
  };
}

function textList(given: {
  description: string;
  maxItems: number;
  sentence: (value: readonly string[]) => string;
}): Setting<readonly string[]> {
  return {
    description: given.description,
    sentence: given.sentence,
    default: [],
    form: `at most ${given.maxItems} texts of at most 80 characters, separated by semicolons`,
    isValid: (value): value is readonly string[] =>
      Array.isArray(value) &&
      value.length <= given.maxItems &&
      value.every((text) => LABEL.rule(text) === null),
    fromText: (text) =>
      text
        .split(";")
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    toText: (value) => value.join("; "),
  };
}
