import type { DueAssessment } from "./decide-reminders.ts";

/** What the daemon needs to know of the database. A short process looks, so that the daemon itself stays small. */
export interface Look {
  /** Whether sync is set up. */
  enabled: boolean;
  endpointUrl: string | null;
  deviceId: string | null;
  /** When a sync last worked, whoever ran it, in ms since 1970; null: never. */
  lastSuccessAtMs: number | null;
  /** Changes that wait for the server and were not refused by it. */
  pending: number;
  due: DueAssessment[];
  /** When the next assessment comes due, in ms since 1970; null: none will. */
  nextDueAtMs: number | null;
  /** Whether the newest of all versions that this device knows was made on it. */
  isLastUsedDevice: boolean;
}

/** What there is to know where no database is yet. */
export const EMPTY_LOOK: Look = {
  enabled: false,
  endpointUrl: null,
  deviceId: null,
  lastSuccessAtMs: null,
  pending: 0,
  due: [],
  nextDueAtMs: null,
  isLastUsedDevice: true,
};

/** Null for what is no look. */
export function parseLook(text: string): Look | null {
  try {
    const look = JSON.parse(text);
    return typeof look?.enabled === "boolean" && Array.isArray(look.due) ? look : null;
  } catch {
    return null;
  }
}
