import { z } from "zod";
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
export const activityIdsField = ruled(z.array(z.string().meta({ format: "uuid" })), rules.activityIdsRule);
export const noteField = ruled(z.string().nullable(), rules.noteRule);
export const labelField = ruled(z.string(), rules.labelRule);
export const colorField = ruled(z.string().nullable(), rules.colorRule);
export const iconField = ruled(z.string().nullable(), rules.iconRule);
export const assessmentTypeField = ruled(z.string(), rules.assessmentTypeRule);
export const scoreField = ruled(z.int(), rules.scoreRule);
export const severityField = ruled(z.string(), rules.severityRule);
export const answersField = ruled(z.array(z.int().nullable()), rules.answersRule);
export const instrumentVersionField = ruled(z.string(), rules.instrumentVersionRule);
export const difficultyField = ruled(z.int(), rules.difficultyRule);
