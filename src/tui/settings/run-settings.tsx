import type { Device } from "../../sync/device.ts";
import { AppShell } from "../components/app-shell.tsx";
import { Text } from "../components/text.tsx";
import { createTasks } from "../tasks.ts";
import { type Ending, runApp, type Terminal } from "../terminal/run-app.tsx";
import { SettingsView } from "./settings-view.tsx";

/** Shows the settings until the user leaves them. What still runs then is stopped; nothing is lost by that. */
export async function runSettings(device: Device, terminal: Terminal): Promise<Ending> {
  const tasks = createTasks();
  try {
    return await runApp(
      <AppShell title={<Text bold> moodsync settings</Text>}>
        {(size) => <SettingsView device={device} tasks={tasks} {...size} />}
      </AppShell>,
      terminal,
    );
  } finally {
    await tasks.stop();
  }
}
