import type { SyncUploadRequest } from "../../src/domain/protocol/upload.ts";
import type { SimulatedDevice } from "./device.ts";
import type { Ledger } from "./ledger.ts";
import type { Schedule, Step } from "./schedule.ts";
import type { SimulatedServer } from "./server.ts";

/** What a run broke, in words; null when every invariant held. */
export type Failure = { invariant: string; detail: string } | null;

/** Everything of a run that the checks look at. */
export interface World {
  schedule: Schedule;
  devices: SimulatedDevice[];
  server: SimulatedServer;
  ledger: Ledger;
  /** Every upload that was sent, answered or not. */
  sent: SentUpload[];
  /** Uploads that the network has kept, with nobody waiting for them any more. */
  late: SentUpload[];
  happened: Set<Step["do"]>;
}

export interface SentUpload {
  userId: string;
  request: SyncUploadRequest;
}

/** Whether the server has forgotten what it once acknowledged. */
export function hasLostServer({ happened }: World): boolean {
  return happened.has("restore_server") || happened.has("replace_server");
}
