import type { Command, OptionValues } from "@commander-js/extra-typings";
import { assessmentTypeOf } from "../assessments/find-instrument.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { formatTimestamp } from "../domain/time/timestamp.ts";
import type { ChangedActivities, ChosenActivities } from "../entries/activities.ts";
import type { EditByType } from "../entries/apply-edit.ts";
import { parseAnswers } from "../input/answers.ts";
import { checkedIcon, checkedLabel } from "../input/checked-text.ts";
import { parseColour } from "../input/colour.ts";
import { parseFrequency } from "../input/frequency.ts";
import { parseMoodValue } from "../input/mood-value.ts";
import { parseWhen } from "../input/when.ts";
import { parseDifficulty, parseWholeNumber } from "../input/whole-number.ts";
import type { Context } from "./context.ts";
import type { OutputOptions } from "./output-options.ts";
import { collect, typedNote } from "./typed-activities.ts";

/** What was typed to edit an entry. An empty text removes what may be missing. */
export type EditOptions = OutputOptions & { [Name in Exclude<OptionName, "activity" | "color">]?: string } & {
  activity?: string[];
  create?: boolean;
  /** A colour, or what `--no-color` leaves of the option of the same name. */
  color?: string | boolean;
};

/** The changes of an entry of a type. Throws `usage` when something was typed that the type does not have. */
export type EditOf = (entityType: EntityType) => EditByType[EntityType];

/** Adds the options of `edit`, which changes entries of every type. */
export function withEditOptions<Args extends unknown[], Given extends OptionValues>(
  command: Command<Args, Given>,
) {
  return command
    .option("--value <1-5>", "mood: how it was")
    .option("-n, --note <text>", "mood: the note; - reads it from standard input")
    .option(
      "-a, --activity <label>",
      "mood: the activities in place of the earlier ones, or +LABEL and -LABEL to add and take away; repeatable",
      collect,
    )
    .option("--create", "mood: create activities even if their labels nearly match existing ones")
    .option("--at <when>", "mood, assessment: when it was")
    .option("--type <type>", "assessment, schedule: which assessment")
    .option("--score <total>", "assessment: a total in place of answers")
    .option("--answers <list>", "assessment: one answer for each item: 0,1,2,…")
    .option("--difficulty <0-3>", "assessment: how difficult the problems made life")
    .option("--label <label>", "activity: its label")
    .option("--color <colour>", "activity: its colour, like '#4caf50'")
    .option("--icon <icon>", "activity: its icon, like an emoji")
    .option("--frequency <how often>", "schedule: daily, weekly, biweekly or monthly")
    .option("--next-due <when>", "schedule: when it is due next; later dates are counted from it")
    .option("--enabled <yes|no>", "schedule: whether it reminds");
}

/** Reads what was typed. Throws `invalid_input` for the first value that cannot be, `usage` when there is none. */
export async function readEdit(context: Context, options: EditOptions): Promise<EditOf> {
  const given = { context, nowMs: context.nowMs(), createSimilar: options.create };
  const values = new Map<OptionName, unknown>();
  for (const name of OPTION_NAMES) {
    const typed = options[name];
    if (typed !== undefined && typeof typed !== "boolean")
      values.set(name, await OPTIONS[name].read(typed, given));
  }
  if (values.size === 0) {
    throw new MoodsyncError("usage", "You have not said what to change.", {
      hint: "`moodsync edit --help` lists what can be changed.",
    });
  }
  return (entityType) =>
    Object.fromEntries([...values].map(([name, value]) => [fieldOf(name, entityType), value]));
}

/** An option, and the field that it changes in each type of entry that has one. */
interface EditOption {
  fields: { [T in EntityType]?: PropertyKey };
  read(typed: string | string[], given: Given): unknown;
}

interface Given {
  context: Context;
  nowMs: number;
  createSimilar: boolean | undefined;
}

const OPTIONS = {
  value: option(parseMoodValue, { MoodEntry: "value" }),
  note: option((text: string, { context }: Given) => typedNote(context, text), { MoodEntry: "note" }),
  activity: { fields: { MoodEntry: "activities" }, read: readLabels } as EditOption,
  at: option(readWhen, { MoodEntry: "recorded_at", AssessmentEntry: "taken_at" }),
  label: option(checkedLabel, { Activity: "label" }),
  color: option((text: string) => (text === "" ? null : parseColour(text)), { Activity: "color_hex" }),
  icon: option(checkedIcon, { Activity: "icon" }),
  type: option(assessmentTypeOf, { AssessmentEntry: "assessment_type", Schedule: "assessment_type" }),
  score: option((text: string) => parseWholeNumber(text, "The score"), { AssessmentEntry: "score" }),
  answers: option(parseAnswers, { AssessmentEntry: "answers" }),
  difficulty: option((text: string) => (text === "" ? null : parseDifficulty(text)), {
    AssessmentEntry: "difficulty",
  }),
  frequency: option(parseFrequency, { Schedule: "frequency" }),
  nextDue: option((text: string, { nowMs }: Given) => readNextDue(text, nowMs), { Schedule: "next_due_at" }),
  enabled: option(readSwitch, { Schedule: "enabled" }),
};

type OptionName = keyof typeof OPTIONS;
const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];

/** The fields of each type of entry that can hold a value. */
type FieldsFor<Value> = {
  [T in EntityType]?: {
    [Field in keyof EditByType[T]]: Value extends EditByType[T][Field] ? Field : never;
  }[keyof EditByType[T]];
};

function option<Value>(
  read: (text: string, given: Given) => Value,
  fields: FieldsFor<Awaited<Value>>,
): EditOption {
  return { fields, read: (typed, given) => read(String(typed), given) };
}

function fieldOf(name: OptionName, entityType: EntityType): PropertyKey {
  const field = OPTIONS[name].fields[entityType];
  if (field !== undefined) return field;
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new MoodsyncError("usage", `${TYPE_NAME[entityType]} has no ${flag}.`, {
    hint: "`moodsync show <ID>` shows what the entry holds.",
  });
}

const TYPE_NAME: Record<EntityType, string> = {
  MoodEntry: "A mood",
  AssessmentEntry: "An assessment",
  Activity: "An activity",
  Schedule: "A schedule",
};

/** Labels with a sign change what is there; those without one take its place. */
function readLabels(
  typed: string | string[],
  { createSimilar }: Given,
): ChosenActivities | ChangedActivities {
  const labels = [typed].flat().filter((one) => one !== "");
  const signed = (sign: string) =>
    labels.filter((one) => one.startsWith(sign)).map((one) => checkedLabel(one.slice(1)));
  const change = { added: signed("+"), removed: signed("-"), createSimilar };
  const changes = change.added.length + change.removed.length;
  if (changes === 0) return { labels: labels.map(checkedLabel), createSimilar };
  if (changes === labels.length) return change;
  throw new MoodsyncError("usage", "Some activities have a + or - before them, and some have not.", {
    hint: "`-a +run -a -work` adds and takes away; `-a run -a swim` replaces all that are there.",
  });
}

async function readWhen(text: string, { nowMs }: Given): Promise<string> {
  return formatTimestamp(await parseWhen(text, { nowMs }));
}

/** A due date that was typed: the future is preferred, the past allowed (it is then due). "" removes it. */
export async function readNextDue(text: string, nowMs: number): Promise<string | null> {
  return text === "" ? null : formatTimestamp(await parseWhen(text, { nowMs, future: true }));
}

function readSwitch(text: string): boolean {
  const typed = text.toLowerCase();
  if (["yes", "true", "on"].includes(typed)) return true;
  if (["no", "false", "off"].includes(typed)) return false;
  throw new MoodsyncError("invalid_input", "--enabled must be yes or no.");
}
