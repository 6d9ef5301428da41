import { useEffect, useState } from "react";
import type { ZonedTime } from "../domain/time/timestamp.ts";
import { systemZone } from "../input/system-zone.ts";

const LOOK_MS = 10_000;

/** This moment at this place; looked up anew often enough for a clock without seconds. */
export function useNow(nowMs: () => number): ZonedTime {
  const [ms, setMs] = useState(nowMs);
  useEffect(() => {
    const timer = setInterval(() => setMs(nowMs()), LOOK_MS);
    return () => clearInterval(timer);
  }, [nowMs]);
  return { ms, offsetMinutes: systemZone(ms) };
}
