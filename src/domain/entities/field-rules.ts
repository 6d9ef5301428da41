import { isUuid } from "../identifiers.ts";
import {
  MAX_ACTIVITIES,
  MAX_ANSWERS,
  MAX_ICON_CHARACTERS,
  MAX_LABEL_CHARACTERS,
  MAX_NAME_CHARACTERS,
  MAX_NOTE_CHARACTERS,
} from "../limits.ts";
import { characterCount, isStorableText } from "../text/text.ts";
import { parseTimestamp } from "../time/timestamp.ts";

/** Says what a value must be, in words that follow the field's name, or null when it is.
 *  Plain functions, so that commands check their input without loading zod. Never names the value. */
export type FieldRule = (value: unknown) => string | null;

const INT32 = { min: -2_147_483_648, max: 2_147_483_647 };

export const moodValueRule = wholeNumber(1, 5);
export const scoreRule = wholeNumber(INT32.min, INT32.max);
export const difficultyRule = wholeNumber(0, 3);
export const noteRule = nullable(text(0, MAX_NOTE_CHARACTERS));
export const labelRule: FieldRule = (value) =>
  text(1, MAX_LABEL_CHARACTERS)(value) ?? ((value as string).trim() === "" ? "must not be blank" : null);
export const colorRule = nullable(pattern(/^#[0-9a-fA-F]{6}$/, "must be a colour like #4caf50"));
export const iconRule = nullable(text(0, MAX_ICON_CHARACTERS));
export const assessmentTypeRule = text(1, MAX_NAME_CHARACTERS);
export const severityRule = text(0, MAX_NAME_CHARACTERS);
export const instrumentVersionRule = text(0, MAX_NAME_CHARACTERS);
export const idRule: FieldRule = (value) => (isUuid(value) ? null : "must be a UUID in lower case");
export const timestampRule: FieldRule = (value) =>
  typeof value === "string" && parseTimestamp(value)
    ? null
    : "must be an RFC 3339 time of the years 1900 to 9999, like 2026-03-02T21:00:00+01:00";
export const nullableTimestampRule = nullable(timestampRule);
export const activityIdsRule = list(MAX_ACTIVITIES, idRule, { unique: true });
export const answersRule = list(MAX_ANSWERS, nullable(wholeNumber(INT32.min, INT32.max)), { unique: false });

function wholeNumber(min: number, max: number): FieldRule {
  return (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max && !Object.is(value, -0)
      ? null
      : `must be a whole number from ${min} to ${max}`;
}

function text(min: number, max: number): FieldRule {
  return (value) => {
    if (typeof value !== "string") return "must be a text";
    if (!isStorableText(value)) return "must be text without NUL and without half characters";
    if (value.length <= max && value.length >= min) return null;
    const length = characterCount(value);
    if (length > max) return `must have at most ${max.toLocaleString("en-US")} characters`;
    return length < min ? "must not be empty" : null;
  };
}

function pattern(expression: RegExp, rule: string): FieldRule {
  return (value) => (typeof value === "string" && expression.test(value) ? null : rule);
}

function nullable(rule: FieldRule): FieldRule {
  return (value) => (value === null ? null : rule(value));
}

function list(max: number, rule: FieldRule, { unique }: { unique: boolean }): FieldRule {
  return (value) => {
    if (!Array.isArray(value)) return "must be a list";
    if (value.length > max) return `must have at most ${max} items`;
    if (unique && new Set(value).size !== value.length) return "must not name the same item twice";
    for (const item of value) {
      const problem = rule(item);
      if (problem) return `items ${problem}`;
    }
    return null;
  };
}
