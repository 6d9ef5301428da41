// npm run bench: what the built program costs, against a bare Node or against itself in the same run.
// Ends with an error when a limit is passed. Run it on an otherwise idle machine.

import { measureDaemon } from "./daemon.ts";
import { report } from "./figure.ts";
import { measureGrowth } from "./growth.ts";
import { measureImport } from "./import.ts";
import { measureLookBack } from "./look-back.ts";
import { measureLookups } from "./lookups.ts";
import { measureSearchIndex } from "./search-index.ts";
import { measureStartUp } from "./start-up.ts";
import { startSyncServer } from "./sync-server.ts";
import { measureTransfer } from "./transfer.ts";

report(measureStartUp());
report(measureLookups());
report(measureLookBack());
report(measureImport());
const server = await startSyncServer();
try {
  report(measureTransfer(server));
  report(measureSearchIndex(server));
  report(measureGrowth(server));
  report(await measureDaemon(server));
} finally {
  await server.stop();
}
