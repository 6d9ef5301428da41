import type { ErrorCode } from "./moodsync-error.ts";

/** The exit code of every failure: the one table for commands, for the daemon that runs them, and for service units. */
export const EXIT_CODE = {
  failure: 1,
  too_many_deletions: 1,
  usage: 2,
  invalid_input: 2,
  not_found: 3,
  ambiguous_id: 3,
  unauthorized: 4,
  other_account: 4,
  sealed_account: 4,
  wrong_sealing_key: 4,
  unsealed: 4,
  partial: 5,
  unreachable: 6,
  not_configured: 7,
  not_printed: 8,
  interrupted: 130,
} as const satisfies Record<ErrorCode, number>;

export type ExitCode = (typeof EXIT_CODE)[ErrorCode];
