import { useState } from "react";
import { readSyncState } from "../local/queries/today.ts";
import { screenHead, syncSign } from "../output/screen/head.ts";
import { AppRoot, useRoot } from "./app-root.tsx";
import { AppShell } from "./components/app-shell.tsx";
import { undoLastCommand } from "./entries/device-entries.ts";
import { useAttempt } from "./entries/use-attempt.ts";
import { HistoryView } from "./history/history-view.tsx";
import { letterOf } from "./keyboard/key.ts";
import { useKeys } from "./keyboard/use-keys.ts";
import { NOT_SET_UP, SettingsView } from "./settings/settings-view.tsx";
import { useUnsavedConnection } from "./settings/unsaved-connection.ts";
import { useSyncActions } from "./settings/use-sync-actions.ts";
import { createTasks, type Tasks, useRunningTask } from "./tasks.ts";
import { type Ending, runApp, type Terminal } from "./terminal/run-app.tsx";
import { TodayView } from "./today/today-view.tsx";
import { useDatabaseValue } from "./use-database-value.ts";
import { useNow } from "./use-now.ts";
import type { ScreenDevice } from "./view-props.ts";

/** The views, in the order in which Tab goes through them. */
const VIEWS = [
  { name: "Today", View: TodayView },
  { name: "History", View: HistoryView },
  { name: "Settings", View: SettingsView },
] as const;
const NAMES = VIEWS.map(({ name }) => name);

/** Shows the dashboard until the user leaves it. What still runs then is stopped; nothing is lost by that. */
export async function runDashboard(device: ScreenDevice, terminal: Terminal): Promise<Ending> {
  const tasks = createTasks();
  try {
    return await runApp(
      <AppRoot db={device.db} terminal={terminal}>
        <Dashboard device={device} tasks={tasks} />
      </AppRoot>,
      terminal,
    );
  } finally {
    await tasks.stop();
  }
}

function Dashboard({ device, tasks }: { device: ScreenDevice; tasks: Tasks }) {
  const { style, changed, say } = useRoot();
  const [open, setOpen] = useState(0);
  const { unsaved, leaveQuestion } = useUnsavedConnection();
  const actions = useSyncActions({ device, tasks, say, changed });
  const attempt = useAttempt();
  const running = useRunningTask(tasks);
  const now = useNow(device.nowMs);
  const { value: sync } = useDatabaseValue(device.db, () => readSyncState(device.db, device.appVersion));

  const turn = (step: 1 | -1) => setOpen((open + step + VIEWS.length) % VIEWS.length);

  useKeys("app", (key) => {
    const letter = letterOf(key);
    if (key.name === "tab") turn(1);
    else if (key.name === "backTab") turn(-1);
    else if (letter === "u") attempt(() => undoLastCommand(device));
    else if (letter === "s" && sync.enabled) actions.sync();
    else if (letter === "s") say(NOT_SET_UP);
    else return false;
    return true;
  });
  const { View } = VIEWS[open]!;
  const sign = syncSign(sync, { isRunning: running !== null, now }, style);
  return (
    <AppShell
      head={(columns) => screenHead({ views: NAMES, open, sync: sign }, columns, style)}
      leaveQuestion={leaveQuestion}
      safety={device.safety}
    >
      {(size) => <View {...{ device, tasks, actions, unsaved, turn }} {...size} />}
    </AppShell>
  );
}
