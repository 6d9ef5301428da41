import type { KeyPlace } from "./secret-store.ts";

/** Where the key is, in words. */
export function keyPlaceWords(place: KeyPlace | null): string {
  switch (place) {
    case "environment":
      return "in MOODSYNC_API_KEY";
    case "keychain":
      return "in the system's keychain";
    case "file":
      return "in a file that only you can read";
    case null:
      return "none on this device";
  }
}

/** What is left of a key where sync was turned off; null: nothing. `place` is where one is found now. */
export function keyLeftWords(place: KeyPlace | null): string | null {
  return place === "environment" ? "MOODSYNC_API_KEY is still set in the environment." : null;
}

export const SYNC_IS_OFF = "Sync is off and the key is forgotten. All data stays on this device.";

export const KEY_LEFT_BEHIND =
  "The system's keychain does not answer and still holds the key that was kept there; delete its moodsync entry yourself.";
