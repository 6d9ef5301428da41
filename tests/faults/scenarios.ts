import type { Scenario } from "./scenario.ts";
import { atOnce } from "./scenarios/at-once.ts";
import { blackBox } from "./scenarios/black-box.ts";
import { brokenConnections } from "./scenarios/broken-connections.ts";
import { databaseRestarts } from "./scenarios/database-restarts.ts";
import { everyStepOf } from "./scenarios/every-step.ts";
import { fullDisk } from "./scenarios/full-disk.ts";
import { killedServer } from "./scenarios/killed-server.ts";
import {
  firstLog,
  founding,
  laterLog,
  logAfterCrash,
  migration,
  sync,
} from "./scenarios/stepped-commands.ts";

/** All of them, in the order in which they run. */
export const SCENARIOS: readonly Scenario[] = [
  brokenConnections,
  killedServer,
  databaseRestarts,
  atOnce,
  fullDisk,
  ...everyStepOf("first log", firstLog),
  ...everyStepOf("log", laterLog),
  ...everyStepOf("log after a crash", logAfterCrash),
  ...everyStepOf("migration", migration),
  ...everyStepOf("sync", sync),
  ...everyStepOf("sync seal", (resources) => founding(resources, ["sync", "seal"], false), ["killed"]),
  ...everyStepOf("sync key rotate", (all) => founding(all, ["sync", "key", "rotate"], true), ["killed"]),
  ...everyStepOf("sync unseal", (all) => founding(all, ["sync", "unseal", "--yes"], true), ["killed"]),
  blackBox,
];
