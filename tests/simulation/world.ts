import type { SyncUploadRequest } from "../../src/domain/protocol/upload.ts";
import type { SimulatedDevice } from "./device.ts";
import type { Ledger } from "./ledger.ts";
import type { Schedule, Step } from "./schedule.ts";
import type { Sealing } from "./sealing.ts";
import type { SimulatedServer } from "./server.ts";

/** What a run broke, in words; null when every invariant held. */
export type Failure = { invariant: string; detail: string } | null;

/** A promise that one side of the network broke towards the other. */
export class BrokenPromise extends Error {}

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
  sealing: Sealing;
  /** Of a hostile run: every version that a device has sent, as type, id, time and content hash. */
  authentic: Set<string>;
}

export interface SentUpload {
  userId: string;
  request: SyncUploadRequest;
}

/** Whether the server has forgotten what it once acknowledged. */
export function hasLostServer({ happened }: World): boolean {
  return happened.has("restore_server") || happened.has("replace_server");
}
