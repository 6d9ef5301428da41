import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { MoodsyncError } from "../../src/domain/moodsync-error.ts";
import { makePrivateDirectory } from "../../src/files/private-directory.ts";
import { requireTrustedPath } from "../../src/files/trusted-path.ts";

/** Where a private PostgreSQL has its files. */
export interface Place {
  directory: string;
  /** Notes at the user's place where the data lies; called when the data is there. */
  link(): void;
}

/** The place of an ordinary user: the directory itself. */
export function ownPlace(directory: string): Place {
  makePrivateDirectory(directory);
  return { directory: realpathSync(directory), link: () => {} };
}

/** The place of root, below `systemDirectory`, which PostgreSQL's account can enter. The link at `path` leads to it,
 *  also when the home that it is in was moved. Each other home gets data of its own.
 *  Throws `failure` where the link leads to no data: to begin with an empty database there would lose the account. */
export function linkedPlace(path: string, systemDirectory: string): Place {
  makePrivateDirectory(dirname(path));
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found && !found.isSymbolicLink()) throw notALink(path);
  const directory = found ? followLink(path, systemDirectory) : join(systemDirectory, nameOf(dirname(path)));
  makeEnterable(systemDirectory);
  makeEnterable(directory);
  return {
    directory: realpathSync(directory),
    link: () => {
      if (!lstatSync(path, { throwIfNoEntry: false })) symlinkSync(directory, path);
    },
  };
}

function followLink(path: string, systemDirectory: string): string {
  const target = readlinkSync(path);
  const isOurs = dirname(target) === systemDirectory && /^[0-9a-f]{12}$/.test(basename(target));
  if (isOurs && existsSync(join(target, "data/PG_VERSION"))) return target;
  throw new MoodsyncError(
    "failure",
    `The server's data is gone: ${path} leads to ${target}, which is not there.`,
    {
      hint: `Restore it from a backup, or remove ${path} to start with an empty database.`,
    },
  );
}

function notALink(path: string): MoodsyncError {
  return new MoodsyncError("failure", `${path} holds the data of a server that did not run as root.`, {
    hint: "Run it as the user that it belongs to, or give root a MOODSYNC_HOME of its own.",
  });
}

function nameOf(home: string): string {
  return createHash("sha256").update(realpathSync(home)).digest("hex").slice(0, 12);
}

/** Directories on the way to what the system user must reach are entered, not listed, by others. */
function makeEnterable(directory: string): void {
  mkdirSync(directory, { recursive: true });
  requireTrustedPath(directory);
  chmodSync(directory, 0o711);
}
