/** What happens in one run of the simulation, and to whom. A schedule alone determines the run: nothing is random
 *  in it, so that a failure can be repeated, shrunk and kept as JSON. */
export interface Schedule {
  /** Every write also sets one field that all writes share: none of two concurrent ones can then be merged whole. */
  marksWrites: boolean;
  /** At the end, everybody syncs once more in vain, and every upload that was ever sent comes once more. */
  repeatsUploads: boolean;
  /** The account is sealed, and every device has its key. */
  sealed?: boolean;
  /** The account begins plain; its devices seal it, change its key and unseal it. */
  founds?: boolean;
  /** The server lies, as faults say: then only what must hold against any server is checked. */
  hostile?: boolean;
  devices: DeviceSetup[];
  steps: Step[];
}

export interface DeviceSetup {
  /** Number of the user whose device it is. */
  user: number;
  /** A legacy client sends no `base_updated_at` and takes whatever stands when it is rejected. An older one does not
   *  know one of the entity types, until it is upgraded to a merging one. */
  client: "merging" | "legacy" | "older";
  batchChanges: number;
  pageChanges: number;
  /** Its clock minus the server's, in ms. */
  clockLeadMs: number;
}

/** A step on something that is not there (a device, a backup, a late request) does nothing, so that any part of a
 *  schedule is a schedule. */
export type Step =
  /** Creates the entity, edits one field of it, or revives it. `token` is what is written: three digits, others in each step. */
  | { do: "write"; device: number; entity: number; field: number; token: number }
  | { do: "delete"; device: number; entity: number; token: number }
  | { do: "sync"; device: number; faults: Fault[] }
  /** Founds the account's data anew, plain or with a new key, and syncs. */
  | { do: "found"; device: number; plain: boolean; faults: Fault[] }
  /** A person gives the device what it asks for: the key of the account, or the word that it is plain, or went back. */
  | { do: "answer"; device: number }
  /** Time passes, for the server and all devices. */
  | { do: "wait"; ms: number }
  | { do: "set_clock"; device: number; leadMs: number }
  /** The oldest request that the network has kept reaches the server. */
  | { do: "deliver_late" }
  | { do: "back_up_server" | "restore_server" | "replace_server" }
  /** The server removes its tombstones for good. */
  | { do: "purge"; user: number }
  | { do: "back_up_device" | "restore_device" | "copy_device" | "upgrade_device"; device: number };

/** What goes wrong in a sync: at its `at`-th request, or for a crash at its `at`-th local transaction. */
export type Fault =
  | { kind: "tamper"; at: number; how: Tampering }
  | { kind: NetworkFault; at: number }
  | { kind: "crash_before_commit" | "crash_after_commit"; at: number }
  /** What happens elsewhere before the request arrives, after it was answered, or while the server decides. */
  | { kind: "before_arrival" | "before_answer" | "while_deciding"; at: number; steps: Step[] };

/** What a server without the key does to its answer. */
export const TAMPERINGS = [
  "other_id",
  "other_envelope",
  "later",
  "deleted",
  "bit",
  "played_again",
  "entity_beside",
  "other_account",
  "other_generation",
  "left_out",
  "all_applied",
  "false_conflict",
  "false_skew",
  "expired",
  "forgotten",
] as const;

export type Tampering = (typeof TAMPERINGS)[number];

/** The request or its answer is lost; it arrives late, when nobody waits; twice; now and once more later; the server
 *  refuses more than one change at once. */
export type NetworkFault =
  | "lose_request"
  | "lose_answer"
  | "arrive_late"
  | "arrive_twice"
  | "arrive_again_late"
  | "too_large";
