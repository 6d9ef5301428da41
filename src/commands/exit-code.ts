import type { ErrorCode } from "../domain/moodsync-error.ts";

/** The exit code of every failure. */
export const EXIT_CODE: Record<ErrorCode, number> = {
  failure: 1,
  too_many_deletions: 1,
  usage: 2,
  invalid_input: 2,
  not_found: 3,
  ambiguous_id: 3,
  unauthorized: 4,
  other_account: 4,
  partial: 5,
  unreachable: 6,
  not_configured: 7,
  interrupted: 130,
};
