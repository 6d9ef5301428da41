import { STATUS_CODES } from "node:http";
import { PROBLEM_STATUS, type ProblemCode } from "../../../src/domain/protocol/error-code.ts";

/** The body that a moodsync server gives for a problem. */
export function problemOf(code: ProblemCode, more: { reason?: string } = {}) {
  const status = PROBLEM_STATUS[code];
  return { type: "about:blank", title: STATUS_CODES[status]!, status, code, detail: "A sentence.", ...more };
}
