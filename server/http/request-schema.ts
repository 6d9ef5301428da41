import type { z } from "zod";
import { Problem } from "./problem.ts";

/** The body as its schema describes it. Throws 400 with the place of the first thing that is wrong; a place is made of
 *  field names and positions, never of values. */
export function parseBody<T>(schema: z.ZodType, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data as T;
  const path = parsed.error.issues[0]?.path ?? [];
  const place = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  throw new Problem(
    "malformed",
    place === "" ? "The body must be a JSON object." : `${place.replace(/^\./, "")} has the wrong form.`,
  );
}
