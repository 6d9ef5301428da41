import { type Abilities, ALL_ABILITIES } from "../../src/sync/exchange/abilities.ts";
import type { DeviceSetup } from "./schedule.ts";

interface Client {
  appVersion: string;
  abilities: Abilities;
}

const NEWEST: Client = { appVersion: "1.0.0", abilities: ALL_ABILITIES };

/** Every kind of client: all of them are this product, with fewer abilities. */
export const CLIENTS: Record<DeviceSetup["client"], Client> = {
  merging: NEWEST,
  legacy: { ...NEWEST, abilities: { ...ALL_ABILITIES, merges: false } },
  /** From before there were schedules. */
  older: {
    appVersion: "0.9.0",
    abilities: { ...ALL_ABILITIES, entityTypes: ["Activity", "MoodEntry", "AssessmentEntry"] },
  },
};
