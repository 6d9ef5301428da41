import * as z from "zod";
import {
  MAX_ACTIVITIES,
  MAX_ANSWERS,
  MAX_ICON_CHARACTERS,
  MAX_LABEL_CHARACTERS,
  MAX_NAME_CHARACTERS,
  MAX_NOTE_CHARACTERS,
} from "../limits.ts";
import type { FieldRule } from "./field-rules.ts";
import * as rules from "./field-rules.ts";

/** A schema that also obeys a field rule, so that what comes from outside and what a command
 *  checks by the plain rule are refused alike. */
function ruled<S extends z.ZodType>(schema: S, rule: FieldRule): S {
  return schema.refine((value) => rule(value) === null) as S;
}

export const idField = ruled(z.string().meta({ format: "uuid" }), rules.idRule);
export const timestampField = ruled(z.string().meta({ format: "date-time" }), rules.timestampRule);
export const moodValueField = ruled(z.int().min(1).max(5), rules.moodValueRule);
export const activityIdsField = ruled(
  z.array(z.string().meta({ format: "uuid" })).meta({ maxItems: MAX_ACTIVITIES, uniqueItems: true }),
  rules.activityIdsRule,
);
export const noteField = ruled(text(0, MAX_NOTE_CHARACTERS).nullable(), rules.noteRule);
export const labelField = ruled(text(1, MAX_LABEL_CHARACTERS), rules.labelRule);
export const colorField = ruled(
  z.string().meta({ pattern: "^#[0-9a-fA-F]{6}$" }).nullable(),
  rules.colorRule,
);
export const iconField = ruled(text(0, MAX_ICON_CHARACTERS).nullable(), rules.iconRule);
export const assessmentTypeField = ruled(text(1, MAX_NAME_CHARACTERS), rules.assessmentTypeRule);
export const scoreField = ruled(z.int32(), rules.scoreRule);
export const severityField = ruled(text(0, MAX_NAME_CHARACTERS), rules.severityRule);
export const answersField = ruled(
  z.array(z.int32().nullable()).meta({ maxItems: MAX_ANSWERS }),
  rules.answersRule,
);
export const instrumentVersionField = ruled(text(0, MAX_NAME_CHARACTERS), rules.instrumentVersionRule);
export const difficultyField = ruled(z.int().min(0).max(3), rules.difficultyRule);

/** Lengths are in code points, as JSON Schema counts them and zod does not: so they are told here and checked by the
 *  rule. */
function text(minLength: number, maxLength: number): z.ZodString {
  return z.string().meta(minLength > 0 ? { minLength, maxLength } : { maxLength });
}
