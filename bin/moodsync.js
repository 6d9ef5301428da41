#!/usr/bin/env node
// Starts the built program, nothing else. MOODSYNC_DEBUG=1 shows stack traces in terms of the source.
if (process.env.MOODSYNC_DEBUG) process.setSourceMapsEnabled(true);
try {
  require("../dist/start.cjs");
} catch (error) {
  if (
    error.code !== "MODULE_NOT_FOUND" ||
    !error.message.startsWith("Cannot find module '../dist/start.cjs'")
  )
    throw error;
  process.stderr.write("moodsync is not built; run npm ci\n");
  process.exitCode = 1;
}
