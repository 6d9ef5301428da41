/** What may happen in the schedules of one kind. */
export interface Mix {
  name: string;
  /** How often this mix is chosen. */
  weight: number;
  users?: number;
  network?: boolean;
  crashes?: boolean;
  interleaving?: boolean;
  clocks?: boolean;
  /** `all`: no client merges. `some`: each may. */
  legacy?: "all" | "some";
  /** Some devices are upgraded only in the course of the schedule. */
  upgrades?: boolean;
  /** Uploads of earlier arrive late. */
  late?: boolean;
  serverLoss?: boolean;
  deviceLoss?: boolean;
  purge?: boolean;
  /** The purge comes after the losses. */
  purgeLast?: boolean;
  /** Accounts are sealed. */
  sealed?: boolean;
  /** Accounts are sealed, sealed anew and unsealed in the course of the schedule. */
  founds?: boolean;
  /** The server of the sealed accounts lies. */
  hostile?: boolean;
}

const faults = { network: true, crashes: true, interleaving: true };

/** Combinations that are left out are the protocol's known limits. A purge comes before no loss: where tombstones are
 *  purged before a device has seen them, a database that goes back can bring their entities back. A late upload of
 *  a legacy client goes with no wrong clock: refused for its time, it can be accepted minutes later. The server's
 *  clock never goes back. A device's database is copied or backed up only without unsynced rows. */
export const MIXES: readonly Mix[] = [
  { name: "plain", weight: 2 },
  { name: "faults", weight: 4, ...faults, late: true },
  { name: "clocks", weight: 3, ...faults, late: true, clocks: true },
  { name: "legacy only", weight: 1, ...faults, late: true, legacy: "all" },
  { name: "mixed clients", weight: 2, ...faults, late: true, legacy: "some" },
  { name: "mixed clients and clocks", weight: 2, ...faults, legacy: "some", clocks: true },
  { name: "server loss", weight: 3, ...faults, late: true, serverLoss: true },
  { name: "server loss and clocks", weight: 2, ...faults, late: true, serverLoss: true, clocks: true },
  { name: "device loss", weight: 2, ...faults, late: true, deviceLoss: true },
  { name: "all losses", weight: 2, ...faults, late: true, serverLoss: true, deviceLoss: true },
  { name: "purge", weight: 3, ...faults, purge: true },
  { name: "purge after server loss", weight: 2, ...faults, serverLoss: true, purge: true, purgeLast: true },
  { name: "upgrades", weight: 1, ...faults, late: true, upgrades: true },
  { name: "upgrades and server loss", weight: 1, ...faults, upgrades: true, serverLoss: true },
  { name: "sealed", weight: 3, ...faults, late: true, clocks: true, sealed: true },
  { name: "sealed, upgrades and two users", weight: 1, ...faults, upgrades: true, users: 2, sealed: true },
  {
    name: "sealed, all losses",
    weight: 2,
    ...faults,
    late: true,
    serverLoss: true,
    deviceLoss: true,
    sealed: true,
  },
  { name: "sealed, founding", weight: 3, ...faults, late: true, founds: true },
  { name: "sealed, founding and server loss", weight: 2, ...faults, serverLoss: true, founds: true },
  { name: "hostile", weight: 3, ...faults, clocks: true, sealed: true, hostile: true },
  { name: "two users", weight: 1, ...faults, late: true, users: 2 },
  { name: "two users and all losses", weight: 1, ...faults, serverLoss: true, deviceLoss: true, users: 2 },
];
