import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { MoodsyncError } from "../../src/domain/moodsync-error.ts";
import { withoutSecrets } from "../../src/domain/secret-variables.ts";

/** An operating-system account that PostgreSQL runs as. */
export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root, so root runs it as an account that owns nothing else: an account of its own,
 *  because whoever shares the account can read the data. `postgres` or `nobody` only where none can be made
 *  (no useradd, a read-only /etc). Returns undefined where the process is not root: PostgreSQL runs as the caller. */
export function findSystemUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const user = lookUp("moodsync") ?? create("moodsync") ?? lookUp("postgres") ?? lookUp("nobody");
  if (user !== undefined) return user;
  throw new MoodsyncError(
    "failure",
    "PostgreSQL refuses to run as root, and there is no other account for it.",
    {
      hint: "Create a system user named moodsync, or give --db.",
    },
  );
}

/** The options with which a child process runs as that account. */
export function ids(user: SystemUser | undefined): { uid?: number; gid?: number } {
  return user === undefined ? {} : { uid: user.uid, gid: user.gid };
}

/** PostgreSQL takes settings from variables such as PGDATA and TZ, and others of its account can read what it was given;
 *  so it gets none of the caller's. */
export const POSTGRES_ENVIRONMENT = { LC_ALL: "C", PATH: "/usr/bin:/bin", TZ: "UTC" };

const env = withoutSecrets(process.env);

function lookUp(name: string): SystemUser | undefined {
  try {
    return parseAccount(execFileSync("getent", ["passwd", name], { encoding: "utf8", env }), name);
  } catch {
    return parseAccount(readFileSync("/etc/passwd", "utf8"), name);
  }
}

function parseAccount(accounts: string, name: string): SystemUser | undefined {
  const fields = accounts
    .split("\n")
    .map((line) => line.split(":"))
    .find((line) => line[0] === name);
  if (fields === undefined) return undefined;
  return { name, uid: Number(fields[2]), gid: Number(fields[3]) };
}

function create(name: string): SystemUser | undefined {
  try {
    execFileSync(
      "useradd",
      ["--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", name],
      { stdio: "ignore", env },
    );
  } catch {
    // Another process may have made it in this moment; the next query finds it.
  }
  return lookUp(name);
}
