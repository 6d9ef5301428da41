import type { z } from "zod";
import { Problem } from "./problem.ts";

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
