import { createApiKeyStore } from "../credentials/api-key-store.ts";
import { createSealingKeyStore } from "../credentials/sealing-key-store.ts";
import { packageVersion } from "../package-root.ts";
import type { Device } from "../sync/device.ts";
import type { Context } from "./context.ts";

/** The device that a command runs on, for the sync commands. */
export async function openDevice(context: Context, { toRead = false } = {}): Promise<Device> {
  const { home, env, nowMs } = context;
  const db = await (toRead ? context.databaseToRead() : context.database());
  if (!toRead) (await import("../sync/sealed/held-pin.ts")).recallPin(db, home.stateDir);
  return {
    db,
    home,
    keys: createApiKeyStore({ configDir: home.configDir, env }),
    sealingKeys: createSealingKeyStore({ configDir: home.configDir, env }),
    nowMs,
    appVersion: packageVersion(),
  };
}
