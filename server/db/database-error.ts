/** A statement that brought no result. PostgreSQL's own errors quote rows and parameters, so none of them leaves the
 *  pool: only what follows from it is said here. */
export class DatabaseError extends Error {
  /** `unavailable`: worth trying again; it may have committed. `failed`: a defect of ours or of the schema. */
  readonly kind: "unavailable" | "failed";
  /** PostgreSQL's five-character code, or Node's name of a socket error. */
  readonly sqlState: string;

  constructor(kind: "unavailable" | "failed", sqlState: string) {
    super(
      `The database ${kind === "unavailable" ? "is not available" : "rejected a statement"} (${sqlState}).`,
    );
    this.name = "DatabaseError";
    this.kind = kind;
    this.sqlState = sqlState;
  }
}

/** Classes and codes of Appendix A of PostgreSQL's manual that pass: connection, resources, shutdown, cancelled
 *  statement, read-only standby, serialisation and deadlock. */
const PASSING = /^(08|53|57|58|40)...$|^25006$|^55P03$/;

/** PostgreSQL's code for a row whose account does not exist, or for an account that rows belong to. */
export const FOREIGN_KEY_VIOLATION = "23503";

/** Names of the errors of postgres.js and of Node's sockets; never a message of theirs. */
const CONNECTION = /^(CONNECT|E[A-Z_]{4,})/;

/** What an error of postgres.js means for the caller. */
export function toDatabaseError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  const name = typeof code === "string" && /^[A-Z0-9_]{1,40}$/.test(code) ? code : "unknown";
  const passes = PASSING.test(name) || CONNECTION.test(name);
  return new DatabaseError(passes ? "unavailable" : "failed", name);
}

/** Whether PostgreSQL took a statement back for what ran beside it, so that a new run of it may succeed: a serialization
 *  failure, which a stricter default isolation than "read committed" brings to any statement, or a deadlock. */
export function wasTakenBack(error: unknown): boolean {
  return error instanceof DatabaseError && /^40(001|P01)$/.test(error.sqlState);
}
