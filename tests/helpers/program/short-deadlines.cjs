// Loaded into the program with --require: a wait of a minute, as its deadlines are, passes fifty times as fast, and the
// waits before it repeats a request ten times, so that a test need not wait for them.
const { syncBuiltinESMExports } = require("node:module");
const timers = require("node:timers/promises");

const startTimer = globalThis.setTimeout;
globalThis.setTimeout = (work, ms, ...rest) => startTimer(work, ms >= 60_000 ? ms / 50 : ms, ...rest);
const { setTimeout } = timers;
timers.setTimeout = (ms, ...rest) => setTimeout(ms / 10, ...rest);
syncBuiltinESMExports();
