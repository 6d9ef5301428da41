import { Box } from "ink";
import { useState } from "react";
import type { Device } from "../sync/device.ts";
import { AppShell } from "./components/app-shell.tsx";
import { Tabs } from "./components/tabs.tsx";
import { Text } from "./components/text.tsx";
import { HistoryView } from "./history/history-view.tsx";
import { useKeys } from "./keyboard/use-keys.ts";
import { SettingsView } from "./settings/settings-view.tsx";
import { useUnsavedConnection } from "./settings/unsaved-connection.ts";
import { createTasks, type Tasks } from "./tasks.ts";
import { type Ending, runApp, type Terminal } from "./terminal/run-app.tsx";
import { TodayView } from "./today/today-view.tsx";

/** The views, in the order in which Tab goes through them. */
const VIEWS = [
  { name: "Today", View: TodayView },
  { name: "History", View: HistoryView },
  { name: "Settings", View: SettingsView },
] as const;

/** Shows the dashboard until the user leaves it. What still runs then is stopped; nothing is lost by that. */
export async function runDashboard(device: Device, terminal: Terminal): Promise<Ending> {
  const tasks = createTasks();
  try {
    return await runApp(<Dashboard device={device} tasks={tasks} />, terminal);
  } finally {
    await tasks.stop();
  }
}

function Dashboard({ device, tasks }: { device: Device; tasks: Tasks }) {
  const [open, setOpen] = useState(0);
  const { unsaved, leaveQuestion } = useUnsavedConnection();
  useKeys("app", (key) => {
    if (key.name === "tab") setOpen((open + 1) % VIEWS.length);
    else if (key.name === "backTab") setOpen((open + VIEWS.length - 1) % VIEWS.length);
    else return false;
    return true;
  });
  const { View } = VIEWS[open]!;
  const title = (
    <Box justifyContent="space-between" flexGrow={1}>
      <Box>
        <Text bold> moodsync </Text>
        <Tabs names={VIEWS.map(({ name }) => name)} open={open} />
      </Box>
      <Text dimColor>Tab next view </Text>
    </Box>
  );
  return (
    <AppShell {...{ title, leaveQuestion }}>
      {(size) => <View {...{ device, tasks, unsaved }} {...size} />}
    </AppShell>
  );
}
