// Loaded into the program with --require: its deadlines pass fifty times as fast, and the waits before it repeats a
// request ten times, so that a test need not wait for them.
const { syncBuiltinESMExports } = require("node:module");
const timers = require("node:timers/promises");

const { timeout } = AbortSignal;
AbortSignal.timeout = (ms) => timeout.call(AbortSignal, ms / 50);
const { setTimeout } = timers;
timers.setTimeout = (ms, ...rest) => setTimeout(ms / 10, ...rest);
syncBuiltinESMExports();
