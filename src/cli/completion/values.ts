import { existsSync } from "node:fs";
import { INSTRUMENTS } from "../../assessments/find-instrument.ts";
import { MOOD_NAMES } from "../../domain/entities/mood-name.ts";
import type { Schedule } from "../../domain/entities/schedule.ts";
import { activityLabels, currentActivities } from "../../local/queries/activities.ts";
import { listRows } from "../../local/queries/list-rows.ts";
import { shortIds } from "../../local/queries/short-id.ts";
import { databaseFile } from "../../local/storage/home.ts";
import { entityLine } from "../../output/entity-line.ts";
import { isSettingName, SETTING_NAMES, settingOf } from "../../settings/definitions.ts";
import type { CommandEntry } from "../command-entry.ts";
import type { Context } from "../context.ts";
import { TOPICS } from "../help/topics/topics.ts";
import { lineContext } from "../output-options.ts";

/** Something that could be typed, and what it is. */
export interface Suggestion {
  value: string;
  description: string;
}

/** The names of files: the shell completes those itself. */
export const FILES = "files";

/** What is known where a value stands. */
export interface ValueSource {
  /** The command's words: "edit". */
  command: string;
  /** The arguments before this one. */
  before: readonly string[];
  current: string;
  commands: readonly CommandEntry[];
  context: Context;
}

type Values = readonly Suggestion[] | typeof FILES | Promise<readonly Suggestion[]>;

/** How many entries are offered by their ids, newest first. */
const OFFERED_ENTRIES = 20;

/** What an argument or an option of this name can be; none where it can be anything. Notes are never read. */
export function valuesOf(name: string, source: ValueSource): Values {
  return VALUES[name]?.(source) ?? [];
}

const files = () => FILES as typeof FILES;
const words = (...list: (string | [string, string])[]) => {
  const suggestions = list.map((word) =>
    typeof word === "string" ? { value: word, description: "" } : { value: word[0], description: word[1] },
  );
  return () => suggestions;
};

const PERIODS = words(
  ...["today", "yesterday", "week", "lastweek", "month", "lastmonth", "year", "lastyear"],
  ...["7d", "30d", "90d", "1y", "all"],
);
const MOODS = words(...MOOD_NAMES.map((moodName, index): [string, string] => [String(index + 1), moodName]));

const VALUES: Readonly<Record<string, (source: ValueSource) => Values>> = {
  "--activity": activities,
  "--not-activity": activities,
  activity: activities,
  from: activities,
  into: activities,
  "--type": instruments,
  type: instruments,
  schedule: schedules,
  id: entries,
  "--note": ({ command, ...source }) => (command === "report" ? entries({ command, ...source }) : []),
  value: ({ command, before }) => (command === "config set" ? settingValues(before[0]) : MOODS()),
  "--value": MOODS,
  "--mood": words("1-2", "3", "4-5"),
  name: settings,
  frequency: words("daily", "weekly", "biweekly", "monthly"),
  "--frequency": words("daily", "weekly", "biweekly", "monthly"),
  "--enabled": words("yes", "no"),
  "--difficulty": words("0", "1", "2", "3"),
  "--format": words(
    ["json", "everything, in the program's own shape"],
    ["jsonl", "the same, an entity a line"],
    ["csv", "a table for a spreadsheet"],
    ["md", "a diary for reading, a file a month"],
    ["fhir", "for a clinician's system"],
  ),
  "--key-place": words("keychain", "file"),
  "--date-order": words("dmy", "mdy", "ymd"),
  shell: words("bash", "zsh", "fish", "powershell"),
  what: ({ command, before }) =>
    command === "list" && before.length === 0
      ? [...words("moods", "assessments", "activities", "schedules", "all")(), ...PERIODS()]
      : PERIODS(),
  period: PERIODS,
  "--on": PERIODS,
  "--since": PERIODS,
  "--until": PERIODS,
  words: ({ commands }) => [
    ...commands.map(({ words: value, summary }) => ({ value: value.split(" ")[0]!, description: summary })),
    ...TOPICS.map((topic) => ({ value: topic.name, description: topic.summary })),
  ],
  file: files,
  "--output": files,
  "--passphrase-file": files,
  "--key-file": files,
  "--mood-map": files,
  "--tls-cert": files,
  "--tls-key": files,
};

/** After a comma the next one: "run,wo" goes on with "work". */
async function activities({ context, current }: ValueSource): Promise<Suggestion[]> {
  const db = await databaseOf(context);
  if (!db) return [];
  const start = current.slice(0, current.lastIndexOf(",") + 1);
  const sign = start === "" && /^[+-]/.test(current) ? current[0]! : "";
  return currentActivities(db)
    .filter(({ archived }) => archived !== true)
    .map(({ label }) => ({ value: `${start}${sign}${label}`, description: "activity" }));
}

function instruments(): Suggestion[] {
  return INSTRUMENTS.map(({ id, name }) => ({ value: id, description: name }));
}

async function schedules({ context }: ValueSource): Promise<Suggestion[]> {
  const db = await databaseOf(context);
  if (!db) return [];
  return listRows(db, "Schedule").map(({ entity }) => {
    const { assessment_type, frequency } = entity as Schedule;
    return { value: assessment_type, description: frequency.toLowerCase() };
  });
}

async function entries({ context, command }: ValueSource): Promise<Suggestion[]> {
  const db = await databaseOf(context);
  if (!db) return [];
  const types = command === "report" ? (["MoodEntry"] as const) : (["MoodEntry", "AssessmentEntry"] as const);
  const rows = types
    .flatMap((entityType) =>
      listRows(db, entityType, { limit: OFFERED_ENTRIES, deleted: command === "restore" }),
    )
    .filter(({ deleted }) => deleted === (command === "restore"))
    .sort((a, b) => b.updatedAtMs - a.updatedAtMs)
    .slice(0, OFFERED_ENTRIES);
  const ids = shortIds(
    db,
    rows.map(({ id }) => id),
  );
  const line = lineContext(context, activityLabels(db));
  const last =
    command === "restore" ? [] : [{ value: "@last", description: "the entry created last on this device" }];
  return [
    ...last,
    ...rows.map(({ entityType, id, content }) => ({
      value: ids.get(id)!,
      description: entityLine(entityType, content!, line),
    })),
  ];
}

function settings(): Suggestion[] {
  return SETTING_NAMES.map((name) => ({ value: name, description: settingOf(name).description }));
}

function settingValues(name = ""): Suggestion[] {
  const choices = isSettingName(name) ? (settingOf(name).choices ?? []) : [];
  return choices.map((value) => ({ value, description: "" }));
}

/** Null where there is none, so that none is made. */
async function databaseOf(context: Context) {
  return existsSync(databaseFile(context.home)) ? context.databaseToRead() : null;
}
