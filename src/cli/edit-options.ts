import { assessmentTypeOf } from "../assessments/find-instrument.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { Frequency } from "../domain/entities/frequency.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { formatTimestamp } from "../domain/time/timestamp.ts";
import { parseAnswers } from "../input/answers.ts";
import { checkedIcon, checkedLabel } from "../input/checked-text.ts";
import { parseColour } from "../input/colour.ts";
import { parseFrequency } from "../input/frequency.ts";
import { parseMoodValue } from "../input/mood-value.ts";
import { parseWhen } from "../input/when.ts";
import { parseDifficulty, parseWholeNumber } from "../input/whole-number.ts";
import type { Context } from "./context.ts";
import type { OutputOptions } from "./output-options.ts";
import { typedNote } from "./typed-activities.ts";

/** What was typed to edit an entry. An empty text removes what may be missing. */
export interface EditOptions extends OutputOptions {
  value?: string;
  note?: string;
  activity?: string[];
  create?: boolean;
  at?: string;
  label?: string;
  /** A colour, or what `--no-color` leaves of the option of the same name. */
  color?: string | boolean;
  icon?: string;
  type?: string;
  score?: string;
  answers?: string;
  difficulty?: string;
  frequency?: string;
  nextDue?: string;
  enabled?: string;
}

/** The same, read and checked; what was not typed is missing. */
export interface Edit {
  value?: number;
  note?: string | null;
  /** Labels, not yet looked up. */
  activity?: string[];
  at?: string;
  label?: string;
  color?: string | null;
  icon?: string | null;
  type?: string;
  score?: number;
  answers?: (number | null)[];
  difficulty?: number | null;
  frequency?: Frequency;
  nextDue?: string | null;
  enabled?: boolean;
}

type EditedField = keyof Edit;

/** Which entity types each option is for. */
const EDITED_TYPES: Record<EditedField, readonly EntityType[]> = {
  value: ["MoodEntry"],
  note: ["MoodEntry"],
  activity: ["MoodEntry"],
  at: ["MoodEntry", "AssessmentEntry"],
  label: ["Activity"],
  color: ["Activity"],
  icon: ["Activity"],
  type: ["AssessmentEntry", "Schedule"],
  score: ["AssessmentEntry"],
  answers: ["AssessmentEntry"],
  difficulty: ["AssessmentEntry"],
  frequency: ["Schedule"],
  nextDue: ["Schedule"],
  enabled: ["Schedule"],
};

const TYPE_NAME: Record<EntityType, string> = {
  MoodEntry: "a mood",
  AssessmentEntry: "an assessment",
  Activity: "an activity",
  Schedule: "a schedule",
};

/** Reads what was typed. Throws `invalid_input` for the first value that cannot be, `usage` when there is none. */
export async function readEdit(context: Context, options: EditOptions): Promise<Edit> {
  const nowMs = context.nowMs();
  const edit: Edit = {};
  const { value, note, activity, at, label, color, icon, type } = options;
  const { score, answers, difficulty, frequency, nextDue, enabled } = options;
  if (value !== undefined) edit.value = parseMoodValue(value);
  if (note !== undefined) edit.note = await typedNote(context, note);
  if (activity !== undefined) edit.activity = activity.filter((one) => one !== "").map(checkedLabel);
  if (at !== undefined) edit.at = formatTimestamp(await parseWhen(at, { nowMs }));
  if (label !== undefined) edit.label = checkedLabel(label);
  if (typeof color === "string") edit.color = color === "" ? null : parseColour(color);
  if (icon !== undefined) edit.icon = checkedIcon(icon);
  if (type !== undefined) edit.type = assessmentTypeOf(type);
  if (score !== undefined) edit.score = parseWholeNumber(score, "The score");
  if (answers !== undefined) edit.answers = parseAnswers(answers);
  if (difficulty !== undefined) edit.difficulty = difficulty === "" ? null : parseDifficulty(difficulty);
  if (frequency !== undefined) edit.frequency = parseFrequency(frequency);
  if (nextDue !== undefined) edit.nextDue = await readNextDue(nextDue, nowMs);
  if (enabled !== undefined) edit.enabled = readSwitch(enabled);
  if (Object.keys(edit).length > 0) return edit;
  throw new MoodsyncError("usage", "Nothing to change was named.", {
    hint: "`moodsync edit --help` lists what can be changed.",
  });
}

/** A due date that was typed: the future is preferred, the past allowed (it is then due). "" removes it. */
export async function readNextDue(text: string, nowMs: number): Promise<string | null> {
  return text === "" ? null : formatTimestamp(await parseWhen(text, { nowMs, future: true }));
}

/** Throws `usage` when an option is not for this kind of entry. */
export function checkApplies(edit: Edit, entityType: EntityType): void {
  for (const field of Object.keys(edit) as EditedField[]) {
    if (EDITED_TYPES[field].includes(entityType)) continue;
    const option = `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new MoodsyncError("usage", `${TYPE_NAME[entityType]} has no ${option}.`.replace(/^a/, "A"), {
      hint: "`moodsync show <ID>` shows what the entry holds.",
    });
  }
}

function readSwitch(text: string): boolean {
  const typed = text.toLowerCase();
  if (["yes", "true", "on"].includes(typed)) return true;
  if (["no", "false", "off"].includes(typed)) return false;
  throw new MoodsyncError("invalid_input", "--enabled must be yes or no.");
}
