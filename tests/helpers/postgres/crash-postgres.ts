import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findBinaries } from "../../../server/private-postgres/binaries.ts";
import { readPostmaster, startPostmaster } from "../../../server/private-postgres/postmaster.ts";
import { findSystemUser } from "../../../server/private-postgres/system-user.ts";

/** Ends a private PostgreSQL without its shutdown and starts it again at the same place, as its init system would.
 *  `directory` is that of its data and log, `systemDirectory` what it was started with. */
export async function crashAndRestart(
  { directory, systemDirectory }: { directory: string; systemDirectory: string },
  downMs: number,
): Promise<void> {
  const dataDirectory = join(directory, "data");
  const running = readPostmaster(dataDirectory)!;
  process.kill(running.pid, "SIGQUIT");
  while (readPostmaster(dataDirectory) !== undefined) await sleep(10);
  await sleep(downMs);
  const runAs = findSystemUser();
  await startPostmaster({
    binaries: await findBinaries({ copyTo: systemDirectory, runAs }),
    dataDirectory,
    socketDirectory: running.socketDirectory,
    logFile: join(directory, "postgres.log"),
    runAs,
    settings: {},
  });
}
