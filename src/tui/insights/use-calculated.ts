import { useEffect, useRef, useState } from "react";
import { useRoot } from "../app-root.tsx";
import { problemMessage } from "../components/message.ts";
import { runInSlices } from "./run-in-slices.ts";

/** How long nothing is said of a calculation, in ms. */
const SILENT_MS = 300;
/** Values that are kept, so that nobody waits for what was there a moment ago. */
const MOST_KEPT = 12;

/** What the steps come to, in slices while keys are answered; calculated again when the data changes. Until then what was
 *  found last for the key; null: nothing yet. */
export function useCalculated<T>(
  key: string,
  steps: () => Generator<void, T>,
): { value: T | null; isSlow: boolean } {
  const { dataVersion, say } = useRoot();
  const kept = useRef(new Map<string, { value: T; dataVersion: number }>());
  const [, setCount] = useState(0);
  const [slow, setSlow] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what the steps depend on
  useEffect(() => {
    if (kept.current.get(key)?.dataVersion === dataVersion) return;
    const abort = new AbortController();
    const timer = setTimeout(() => setSlow(key), SILENT_MS);
    runInSlices(steps(), abort.signal)
      .then(
        (value) => {
          if (value === null) return;
          keep(kept.current, key, { value, dataVersion });
          setCount((count) => count + 1);
        },
        (error) => say(problemMessage(error)),
      )
      .finally(() => {
        clearTimeout(timer);
        if (!abort.signal.aborted) setSlow(null);
      });
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [key, dataVersion]);
  return { value: kept.current.get(key)?.value ?? null, isSlow: slow === key };
}

/** Keeps a value, and forgets the one that was kept first where there are too many. */
function keep<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.delete(key);
  kept.set(key, value);
  const [first] = kept.keys();
  if (kept.size > MOST_KEPT) kept.delete(first!);
}
