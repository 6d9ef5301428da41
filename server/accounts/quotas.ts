/** What one account may take on the server. */
export interface Quotas {
  /** All versions with their history, and what is noted of uploads, in bytes of JSON. */
  bytes: number;
  /** Keys that are not revoked. */
  keys: number;
  devices: number;
}

/** An entry with a note takes about 1 kB: a million of them. */
export const DEFAULT_QUOTAS: Quotas = { bytes: 1_000_000_000, keys: 100, devices: 200 };
