import * as z from "zod";

/** The body of every answer that is no success (RFC 9457). Clients decide by `code`; `detail` is for people. `reason` comes
 *  with `resync_required` only. */
export const ProblemBody = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  reason: z.string().optional(),
  request_id: z.string().optional(),
});
