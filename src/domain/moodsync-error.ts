/** What went wrong, in a word that scripts and the exit code rely on. */
export type ErrorCode =
  | "failure"
  | "usage"
  | "invalid_input"
  | "not_found"
  | "ambiguous_id"
  | "unauthorized"
  | "other_account"
  | "sealed_account"
  | "wrong_sealing_key"
  | "unsealed"
  | "partial"
  | "too_many_deletions"
  | "unreachable"
  | "not_configured"
  | "not_printed"
  | "interrupted";

/** The one error that is thrown on purpose. `message` is one sentence without a value of the user's;
 *  `hint` names what to do next. */
export class MoodsyncError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "MoodsyncError";
    this.code = code;
    this.hint = options.hint;
  }

  /** Known by its name: the build bundles this class once for the commands and once for the screens and the server. What
   *  extends it is known by its class, as usual. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a class that extends this one inherits the method
    if (this !== MoodsyncError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return typeof value === "object" && value !== null && (value as Error).name === "MoodsyncError";
  }
}
