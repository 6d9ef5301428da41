import { findInstrument } from "./find-instrument.ts";
import { isComplete } from "./score.ts";

/** A result as far as it is compared with another one of the same assessment. */
interface Result {
  assessment_type: string;
  score: number;
  answers?: readonly (number | null)[];
  instrument_version?: string;
}

/** How a result differs from an earlier one. `points` is the later score minus the earlier. `verdict` says whether that
 *  is more than the instrument's own unsteadiness, by the published figure (`reliablePoints`): "not comparable" where not
 *  both are complete sets of answers to the same version, "no figure" where none is published. */
export interface Change {
  points: number;
  verdict: "reliable" | "not reliable" | "not comparable" | "no figure";
  reliablePoints: number | null;
}

/** Compares two results of the same assessment. */
export function changeBetween(before: Result, now: Result): Change {
  const points = now.score - before.score;
  const instrument = findInstrument(now.assessment_type);
  const reliablePoints = instrument?.change.reliable?.points ?? null;
  const areComparable =
    instrument !== undefined &&
    [before, now].every(({ answers }) => isComplete(instrument, answers)) &&
    before.instrument_version !== undefined &&
    before.instrument_version === now.instrument_version;
  if (!areComparable) return { points, verdict: "not comparable", reliablePoints };
  if (reliablePoints === null) return { points, verdict: "no figure", reliablePoints };
  return {
    points,
    verdict: Math.abs(points) >= reliablePoints ? "reliable" : "not reliable",
    reliablePoints,
  };
}
