import { useEffect, useState } from "react";
import { useRoot } from "../app-root.tsx";
import { problemMessage } from "../components/message.ts";
import { runInSlices } from "./run-in-slices.ts";

/** How long nothing is said of a calculation, in ms. */
const SILENT_MS = 300;

/** What the steps come to, in slices while keys are answered; calculated again when the data or `key` changes. Until then
 *  what was found last for the key; null: nothing yet. */
export function useCalculated<T>(
  key: string,
  steps: () => Generator<void, T>,
): { value: T | null; isSlow: boolean } {
  const { dataVersion, say } = useRoot();
  const [found, setFound] = useState<{ key: string; value: T } | null>(null);
  const [slow, setSlow] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what the steps depend on
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => setSlow(key), SILENT_MS);
    runInSlices(steps(), abort.signal)
      .then(
        (value) => {
          if (value === null || abort.signal.aborted) return;
          setFound({ key, value });
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
  return { value: found?.key === key ? found.value : null, isSlow: slow === key };
}
