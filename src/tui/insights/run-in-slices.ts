/** How long one slice may take, in ms: shorter than anybody notices between a key and its paint. */
const SLICE_MS = 20;

/** Goes through the steps of a calculation a slice at a time, so that keys are answered between. Null where it was
 *  stopped. */
export async function runInSlices<T>(steps: Generator<void, T>, signal: AbortSignal): Promise<T | null> {
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) return null;
    for (const began = performance.now(); performance.now() - began < SLICE_MS; ) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  }
}
