import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { DaemonWorld } from "../../daemon/supervisor.ts";
import { locateHome } from "../../local/home.ts";
import { packageRoot } from "../../package-root.ts";
import type { Context } from "../context.ts";

/** What the daemon needs of a command's context. It runs in `/`, so nothing in it is relative. */
export function daemonWorld({ env, program, nowMs }: Context): DaemonWorld {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8"));
  const settled = env.MOODSYNC_HOME ? { ...env, MOODSYNC_HOME: resolve(env.MOODSYNC_HOME) } : env;
  return { home: locateHome(settled), env: settled, program, version, nowMs };
}
