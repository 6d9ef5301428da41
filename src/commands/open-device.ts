import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createApiKeyStore } from "../credentials/api-key-store.ts";
import { packageRoot } from "../package-root.ts";
import type { Device } from "../sync/device.ts";
import type { Context } from "./context.ts";

/** The device that a command runs on, for the sync commands. */
export async function openDevice(context: Context): Promise<Device> {
  const { home, env, nowMs } = context;
  const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8"));
  return {
    db: await context.database(),
    home,
    keys: createApiKeyStore({ configDir: home.configDir, env }),
    nowMs,
    appVersion: version,
  };
}
