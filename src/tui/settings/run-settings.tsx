import { Box, Text, useApp } from "ink";
import type { Device } from "../../sync/device.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { createTasks, type Tasks } from "../tasks.ts";
import { type Ending, runApp, type Terminal } from "../terminal/run-app.tsx";
import { useWindowSize } from "../terminal/use-window-size.ts";
import { SettingsView } from "./settings-view.tsx";

/** Shows the settings until the user leaves them. What still runs then is stopped; nothing is lost by that. */
export async function runSettings(device: Device, terminal: Terminal): Promise<Ending> {
  const tasks = createTasks();
  try {
    return await runApp(<SettingsApp device={device} tasks={tasks} />, terminal);
  } finally {
    await tasks.stop();
  }
}

function SettingsApp({ device, tasks }: { device: Device; tasks: Tasks }) {
  const { exit } = useApp();
  const { columns, rows } = useWindowSize();
  useKeys("app", (key) => {
    if (key.name !== "text" || key.text !== "q") return false;
    exit();
    return true;
  });
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Text bold> moodsync settings</Text>
      <SettingsView device={device} tasks={tasks} width={columns} height={rows - 1} />
    </Box>
  );
}
