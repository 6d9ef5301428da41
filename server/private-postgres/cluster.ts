import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { MoodsyncError } from "../../src/domain/moodsync-error.ts";
import { readAccountFile, removeAccountDirectory } from "./account-files.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { ids, POSTGRES_ENVIRONMENT, type SystemUser } from "./system-user.ts";

/** The role and the database of the private PostgreSQL. */
export const SUPERUSER = "moodsync";

/** Makes the data directory if there is none: checksums on, UTF-8, times in UTC. It is made under another name first,
 *  so that a start that was cut short leaves nothing that could be taken for data.
 *  Throws `failure` when the data was written by another major version, or is gone from its directory. */
export function prepareCluster(options: {
  dataDirectory: string;
  binaries: PostgresBinaries;
  runAs: SystemUser | undefined;
}): void {
  const { dataDirectory, binaries, runAs } = options;
  if (existsSync(dataDirectory)) {
    checkVersion(dataDirectory, binaries.majorVersion);
    return;
  }
  const unfinished = `${dataDirectory}.new`;
  removeAccountDirectory(unfinished, runAs);
  mkdirSync(unfinished);
  chmodSync(unfinished, 0o700);
  if (runAs !== undefined) chownSync(unfinished, runAs.uid, runAs.gid);
  const { status } = spawnSync(
    binaries.initdb,
    [
      "--pgdata",
      unfinished,
      "--username",
      SUPERUSER,
      "--auth=trust",
      "--encoding=UTF8",
      "--locale=C",
      "--data-checksums",
      "--no-instructions",
    ],
    { stdio: "ignore", env: POSTGRES_ENVIRONMENT, cwd: "/", ...ids(runAs) },
  );
  if (status !== 0) {
    removeAccountDirectory(unfinished, runAs);
    throw new MoodsyncError("failure", "The private PostgreSQL could not make its data directory.", {
      hint: `Check the free space and the permissions of ${dataDirectory}, or give --db.`,
    });
  }
  renameSync(unfinished, dataDirectory);
}

function checkVersion(dataDirectory: string, binaryVersion: string): void {
  const dataVersion = /^\d+(\.\d+)?$/m.exec(readAccountFile(join(dataDirectory, "PG_VERSION")) ?? "")?.[0];
  if (dataVersion === binaryVersion) return;
  if (dataVersion === undefined) {
    throw new MoodsyncError("failure", `There is no PostgreSQL data in ${dataDirectory}.`, {
      hint: "Restore it from a backup, or remove the directory to start with an empty database.",
    });
  }
  throw new MoodsyncError(
    "failure",
    `The data in ${dataDirectory} was written by PostgreSQL ${dataVersion}, and this moodsync brings PostgreSQL ${binaryVersion}.`,
    {
      hint: `Start it with the moodsync that brought PostgreSQL ${dataVersion}, or move the data with pg_dumpall.`,
    },
  );
}
