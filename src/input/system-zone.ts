import { existsSync } from "node:fs";
import { join } from "node:path";

/** The time zone of this process: minutes east of UTC that hold at an instant. */
export function systemZone(ms: number): number {
  return 0 - new Date(ms).getTimezoneOffset();
}

/** Its name: "Europe/Berlin". */
export function systemZoneName(): string {
  return new Intl.DateTimeFormat("en").resolvedOptions().timeZone;
}

const ZONE_FILES = "/usr/share/zoneinfo";

/** Whether Node knows the zone that `TZ` names. It takes names like Europe/Berlin, silently takes UTC or another zone
 *  for everything else, and knows no rules like "CET-1CEST,M3.5.0,M10.5.0" (POSIX), which other programs follow. */
export function isZoneUnderstood(tz: string | undefined, nowMs: number): boolean {
  const name = (tz ?? "").replace(/^:/, "");
  if (/^((UTC|GMT|UCT)0?|Z)?$/.test(name)) return true;
  const fixed = /^[A-Za-z]{3,}([+-]?\d{1,2})$/.exec(name)?.[1];
  if (fixed !== undefined) return systemZone(nowMs) === 0 - Number(fixed) * 60;
  if (name.startsWith("/")) return name.startsWith(`${ZONE_FILES}/`) && existsSync(name);
  return /^[A-Z]/.test(name) && (existsSync(join(ZONE_FILES, name)) || isKnownName(name));
}

/** Takes 15 ms, so it is asked only where the system has no such file. */
function isKnownName(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format() !== "";
  } catch {
    return false;
  }
}
