import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApiKeyStore } from "../../../src/credentials/api-key-store.ts";
import { createSealingKeyStore } from "../../../src/credentials/sealing-key-store.ts";
import { openDatabase } from "../../../src/local/storage/database.ts";
import { databaseFile, locateHome } from "../../../src/local/storage/home.ts";
import { runDashboard } from "../../../src/tui/dashboard.tsx";
import { runSettings } from "../../../src/tui/settings/run-settings.tsx";
import type { Ending, Terminal } from "../../../src/tui/terminal/run-app.tsx";
import type { LoggedEntry, ScreenDevice } from "../../../src/tui/view-props.ts";
import { SUNDAY_MS } from "../device/device.ts";
import { openTestTerminal, type TestTerminal } from "./test-terminal.ts";

/** A device with its screens, in a directory that is its own and goes with it. */
export interface TuiDevice extends ScreenDevice {
  directory: string;
  nowAtMs: number;
  env: Record<string, string | undefined>;
  /** What the screens have told of what was logged. */
  loggedEntries: LoggedEntry[];
  /** Opens `moodsync settings` or `moodsync tui`. */
  open(app: "settings" | "tui", terminal?: Parameters<typeof openTestTerminal>[0]): OpenApp;
  remove(): Promise<void>;
}

export interface OpenApp extends TestTerminal {
  ended: Promise<Ending>;
}

export function createTuiDevice(directory = mkdtempSync(join(tmpdir(), "moodsync-tui-"))): TuiDevice {
  process.env.TZ = "Europe/Berlin";
  const home = locateHome({ MOODSYNC_HOME: directory });
  const env: Record<string, string | undefined> = { MOODSYNC_KEY_PLACE: "file" };
  const opened: OpenApp[] = [];
  const device: TuiDevice = {
    directory,
    env,
    loggedEntries: [],
    logged: (entry) => void device.loggedEntries.push(entry),
    nowAtMs: SUNDAY_MS,
    db: openDatabase(databaseFile(home)),
    home,
    keys: createApiKeyStore({ configDir: home.configDir, env }),
    sealingKeys: createSealingKeyStore({ configDir: home.configDir, env }),
    nowMs: () => device.nowAtMs,
    appVersion: "0.0.0-test",
    safety: () => ({ region: "GB", contacts: [], isShort: false, wasShown: () => {} }),
    open(app, size) {
      const terminal = openTestTerminal(size);
      const start: (device: ScreenDevice, terminal: Terminal) => Promise<Ending> =
        app === "tui" ? runDashboard : runSettings;
      const open = Object.assign(terminal, { ended: start(device, terminal) });
      opened.push(open);
      return open;
    },
    async remove() {
      for (const app of opened) app.input.emit("end");
      await Promise.allSettled(opened.map(({ ended }) => ended));
      device.db.close();
      rmSync(directory, { recursive: true });
    },
  };
  return device;
}
