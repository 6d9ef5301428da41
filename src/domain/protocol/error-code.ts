/** The `code` of every problem body, with its HTTP status. Stable: clients decide by it. */
export const PROBLEM_STATUS = {
  malformed: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  resync_required: 409,
  generation_changed: 409,
  not_at_head: 409,
  too_large: 413,
  unsupported_media_type: 415,
  sealed_account: 422,
  sealing_refused: 422,
  rate_limited: 429,
  headers_too_large: 431,
  internal: 500,
  unavailable: 503,
  quota_exceeded: 507,
} as const;

export type ProblemCode = keyof typeof PROBLEM_STATUS;

/** Why a cursor was refused: it is not of this server's past, or a purge has passed it. */
export type ResyncReason = "unknown_cursor" | "cursor_expired";
