import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DaemonEnvironment } from "../daemon/supervisor.ts";
import { packageRoot } from "../package-root.ts";
import type { Context } from "./context.ts";

/** What the daemon needs of a command's context. */
export function daemonEnvironment({ home, env, program, nowMs }: Context): DaemonEnvironment {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8"));
  return { home, env, program, version, nowMs };
}
