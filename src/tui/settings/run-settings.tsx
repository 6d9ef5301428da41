import type { Device } from "../../sync/device.ts";
import { AppShell } from "../components/app-shell.tsx";
import { Text } from "../components/text.tsx";
import { createTasks, type Tasks } from "../tasks.ts";
import { type Ending, runApp, type Terminal } from "../terminal/run-app.tsx";
import { SettingsView } from "./settings-view.tsx";
import { useUnsavedConnection } from "./unsaved-connection.ts";

/** Shows the settings until the user leaves them. What still runs then is stopped; nothing is lost by that. */
export async function runSettings(device: Device, terminal: Terminal): Promise<Ending> {
  const tasks = createTasks();
  try {
    return await runApp(<Settings device={device} tasks={tasks} />, terminal);
  } finally {
    await tasks.stop();
  }
}

function Settings({ device, tasks }: { device: Device; tasks: Tasks }) {
  const { unsaved, leaveQuestion } = useUnsavedConnection();
  return (
    <AppShell title={<Text bold> moodsync settings</Text>} leaveQuestion={leaveQuestion}>
      {(size) => <SettingsView {...{ device, tasks, unsaved }} {...size} />}
    </AppShell>
  );
}
