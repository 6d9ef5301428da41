import { fitLine } from "../../output/fit-line.ts";
import { AppRoot, useRoot } from "../app-root.tsx";
import { AppShell } from "../components/app-shell.tsx";
import { createTasks, type Tasks } from "../tasks.ts";
import { type Ending, runApp, type Terminal } from "../terminal/run-app.tsx";
import type { ScreenDevice } from "../view-props.ts";
import { SettingsView } from "./settings-view.tsx";
import { useUnsavedConnection } from "./unsaved-connection.ts";
import { useSyncActions } from "./use-sync-actions.ts";

/** Shows the settings until the user leaves them. What still runs then is stopped; nothing is lost by that. */
export async function runSettings(device: ScreenDevice, terminal: Terminal): Promise<Ending> {
  const tasks = createTasks();
  try {
    return await runApp(
      <AppRoot db={device.db} terminal={terminal}>
        <Settings device={device} tasks={tasks} />
      </AppRoot>,
      terminal,
    );
  } finally {
    await tasks.stop();
  }
}

function Settings({ device, tasks }: { device: ScreenDevice; tasks: Tasks }) {
  const { style, changed, say } = useRoot();
  const { unsaved, leaveQuestion } = useUnsavedConnection();
  const actions = useSyncActions({ device, tasks, say, changed });
  return (
    <AppShell
      head={(columns) => [
        fitLine(columns, [" ", style.bold("moodsync settings")], style),
        style.line(" ", style.dim(style.glyphs.rule.repeat(columns - 2))),
      ]}
      leaveQuestion={leaveQuestion}
      safety={device.safety}
      cover={null}
    >
      {(size) => (
        <SettingsView
          {...{ device, tasks, actions, unsaved }}
          turnOf={() => null}
          checkIn={() => {}}
          {...size}
        />
      )}
    </AppShell>
  );
}
