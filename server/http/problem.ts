import { STATUS_CODES } from "node:http";
import { PROBLEM_STATUS, type ProblemCode, type ResyncReason } from "../../src/domain/protocol/error-code.ts";
import type { SealingInfo } from "../../src/domain/protocol/sealing-info.ts";

/** A request that is answered with a problem body. `detail` is a sentence for a person and never holds what came in. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly headers: Readonly<Record<string, string>>;
  /** Only beside `resync_required`. */
  readonly reason: ResyncReason | undefined;
  /** Only beside `generation_changed`. */
  readonly sealing: SealingInfo | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    more: { headers?: Record<string, string>; reason?: ResyncReason; sealing?: SealingInfo } = {},
  ) {
    super(detail);
    this.name = "Problem";
    this.code = code;
    this.headers = more.headers ?? {};
    this.reason = more.reason;
    this.sealing = more.sealing;
  }

  get status(): number {
    return PROBLEM_STATUS[this.code];
  }
}

/** The body of RFC 9457 for a problem, with our stable `code`. */
export function problemBody({ code, status, message, reason, sealing }: Problem, requestId: string): object {
  return {
    type: "about:blank",
    title: STATUS_CODES[status],
    status,
    code,
    detail: message,
    ...(reason === undefined ? {} : { reason }),
    ...(sealing === undefined ? {} : { sealing }),
    request_id: requestId,
  };
}

/** A request without a valid key. */
export function unauthorized(): Problem {
  return new Problem("unauthorized", "The API key is missing, malformed, wrong or revoked.", {
    headers: { "www-authenticate": "Bearer" },
  });
}

/** An account that takes what it may; whoever runs the server can let it have more. */
export function quotaExceeded(of: string): Problem {
  return new Problem(
    "quota_exceeded",
    `The account has as ${of} as this server allows; whoever runs it can raise the quota.`,
  );
}

/** A request that is about entities, of an account that has only sealed ones. */
export function sealedAccount(): Problem {
  return new Problem(
    "sealed_account",
    "The account is sealed: this server cannot read it. Its devices need a moodsync that knows sealed accounts, and the sealing key.",
  );
}

/** A request of another generation, or of another key, than the account's. */
export function generationChanged(sealing: SealingInfo): Problem {
  const detail = "The account is of another generation, or sealed with another key; nothing was done.";
  return new Problem("generation_changed", detail, { sealing });
}

/** A server that cannot answer now, and when to come back. */
export function unavailable(detail: string, retryAfterS: number): Problem {
  return new Problem("unavailable", detail, { headers: { "retry-after": String(retryAfterS) } });
}
