#!/usr/bin/env node
// Starts the built program, nothing else. MOODSYNC_DEBUG=1 shows stack traces in terms of the source.
if (process.env.MOODSYNC_DEBUG) process.setSourceMapsEnabled(true);
import("../dist/main.js").catch((error) => {
  const notBuilt =
    error.code === "ERR_MODULE_NOT_FOUND" && error.message.includes("dist/main.js' imported from");
  if (!notBuilt) throw error;
  process.stderr.write("moodsync is not built; run npm ci\n");
  process.exitCode = 1;
});
