import type * as z from "zod";
import { isUuid } from "../../src/domain/identifiers.ts";
import { Problem } from "./problem.ts";

export interface PathParameter<T> {
  /** JSON Schema of its values. */
  schema: object;
  /** Throws a `Problem` for a text that is none of them. */
  read(text: string): T;
}

export interface QueryParameter<T> {
  description: string;
  /** Throws a `Problem` for a text that is no value of it. */
  read(text: string): T;
}

/** The values of these parameters, by their names; undefined for one that the request does not have. Throws their
 *  problems. */
export function readParameters(
  parameters: Readonly<Record<string, { read(text: string): unknown }>>,
  textOf: (name: string) => string | null | undefined,
): Record<string, unknown> {
  const values = Object.entries(parameters).map(([name, { read }]) => {
    const text = textOf(name);
    return [name, text === null || text === undefined ? undefined : read(text)];
  });
  return Object.fromEntries(values);
}

/** A UUID in lower case; `otherwise` makes the problem of any other text. */
export function uuid(otherwise: () => Problem): PathParameter<string> {
  return {
    schema: { type: "string", format: "uuid" },
    read: (text) => {
      if (isUuid(text)) return text;
      throw otherwise();
    },
  };
}

/** The body as its schema describes it. Throws 400 with the place of the first thing that is wrong and, where it is one
 *  of length or size, the bound; a place is made of field names and positions, and no value is in it. */
export function parseBody(schema: z.ZodType, body: unknown): unknown {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = (issue?.path ?? [])
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("");
  throw new Problem(
    "malformed",
    place === "" ? "The body must be a JSON object." : `${place.replace(/^\./, "")} ${brokenRule(issue)}.`,
  );
}

const UNIT_BY_ORIGIN: Readonly<Record<string, string>> = { array: "entries", string: "characters" };

function brokenRule(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code !== "too_big" && issue?.code !== "too_small") return "has the wrong form";
  const bound = issue.code === "too_big" ? `at most ${issue.maximum}` : `at least ${issue.minimum}`;
  const unit = UNIT_BY_ORIGIN[issue.origin];
  return unit ? `must have ${bound} ${unit}` : `must be ${bound}`;
}
