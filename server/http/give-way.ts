/** Longest stretch of one request's work before everybody else gets a turn, in ms. */
const STRETCH_MS = 5;

/** Those that wait to go on, in order. */
const waiting: (() => void)[] = [];
let stretchEndsAtMs = 0;

/** Ends a stretch of work that may be long: between two of them the sockets are served, and other requests go on. Costs
 *  next to nothing while the stretch is short, so it may stand in a loop over thousands. */
export function giveWay(): Promise<void> | undefined {
  if (performance.now() < stretchEndsAtMs) return undefined;
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(goOn);
  });
}

/** One stretch in each turn of the event loop, however many wait: a small request meets one at each of its steps. */
function goOn(): void {
  stretchEndsAtMs = performance.now() + STRETCH_MS;
  waiting.shift()!();
  if (waiting.length > 0) setImmediate(goOn);
}
