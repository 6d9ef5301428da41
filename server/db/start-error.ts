import { MoodsyncError } from "../../src/domain/moodsync-error.ts";
import { toDatabaseError } from "./database-error.ts";

type Sentence = readonly [code: "unreachable" | "failure", message: string, hint: string];

const ADDRESS = "Check that PostgreSQL runs there and that --db or MOODSYNC_DB_URL names its host and port.";
const TLS = "With sslmode=require in the URL, PostgreSQL's certificate is not checked.";

/** What keeps moodsync from starting on a database, by PostgreSQL's code (Appendix A of its manual) or that of Node's
 *  sockets and TLS. */
const SENTENCE_BY_CODE: Readonly<Record<string, Sentence>> = {
  ECONNREFUSED: ["unreachable", "Nothing accepts connections at the database's address.", ADDRESS],
  ENOENT: ["unreachable", "There is no socket of PostgreSQL in the directory that the URL names.", ADDRESS],
  EACCES: [
    "unreachable",
    "The socket of PostgreSQL may not be opened by this user.",
    "Check the permissions of the directory that the URL names.",
  ],
  ENOTFOUND: ["unreachable", "The database's host name is unknown.", ADDRESS],
  EAI_AGAIN: ["unreachable", "The database's host could not be looked up.", "Check the network and its DNS."],
  CONNECT_TIMEOUT: ["unreachable", "The database's address does not answer.", ADDRESS],
  "28P01": [
    "unreachable",
    "The database does not accept this user's password.",
    "Check the user and the password of --db or MOODSYNC_DB_URL; special characters are percent-encoded.",
  ],
  "28000": [
    "unreachable",
    "The database does not let this user in.",
    "Check that the role exists and may log in, and that pg_hba.conf lets it in from here.",
  ],
  AUTH_TYPE_NOT_IMPLEMENTED: [
    "unreachable",
    "The database asks for an authentication method that moodsync does not have.",
    "Let pg_hba.conf ask this user for scram-sha-256.",
  ],
  "3D000": [
    "unreachable",
    "The database that the URL names does not exist.",
    "Make it, for example with `create database moodsync owner moodsync`.",
  ],
  "42704": [
    "failure",
    "PostgreSQL does not know a parameter after the ? of the database URL.",
    "Leave it out of --db or MOODSYNC_DB_URL.",
  ],
  "08P01": [
    "failure",
    "The database, or a pooler in front of it, does not accept what the connection asks for.",
    "Leave out the parameters after the ? of the database URL.",
  ],
  "53300": [
    "unreachable",
    "PostgreSQL has no connection left.",
    "Raise its max_connections, or try again later.",
  ],
  "53100": ["failure", "PostgreSQL's disk is full.", "Free some space on it."],
  "57P03": ["unreachable", "PostgreSQL is starting or stopping.", "Try again in a moment."],
  "42501": [
    "failure",
    "The database's user lacks a right that moodsync needs.",
    "Make it the owner of a database of its own: `alter database … owner to …`, and of the tables in it.",
  ],
  "42P07": foreignTables(),
  "42710": foreignTables(),
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    "unreachable",
    "The database's certificate is from an unknown authority.",
    TLS,
  ],
  SELF_SIGNED_CERT_IN_CHAIN: ["unreachable", "The database's certificate is from an unknown authority.", TLS],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    "unreachable",
    "The database's certificate is from an unknown authority.",
    TLS,
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    "unreachable",
    "The database's certificate is from an unknown authority.",
    TLS,
  ],
  CERT_HAS_EXPIRED: ["unreachable", "The database's certificate has expired.", TLS],
  ERR_TLS_CERT_ALTNAME_INVALID: ["unreachable", "The database's certificate is for another host.", TLS],
};

function foreignTables(): Sentence {
  return [
    "failure",
    "The database has tables of another program under names that moodsync needs.",
    "Give moodsync a database of its own.",
  ];
}

/** What failed while a database was made ready, as a `MoodsyncError`; nothing of PostgreSQL's own text is in it. */
export function startError(error: unknown): MoodsyncError {
  if (error instanceof MoodsyncError) return error;
  const { kind, sqlState } = toDatabaseError(error);
  const known = SENTENCE_BY_CODE[sqlState];
  if (known) {
    const [code, message, hint] = known;
    return new MoodsyncError(code, message, { hint });
  }
  if (kind === "unavailable")
    return new MoodsyncError("unreachable", `The database did not answer (${sqlState}).`, { hint: ADDRESS });
  return new MoodsyncError("failure", `The database did not allow what moodsync needs (${sqlState}).`, {
    hint: "PostgreSQL's own log says more; moodsync needs a PostgreSQL of version 15 or newer to itself.",
  });
}
