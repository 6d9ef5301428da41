import { Box } from "ink";
import { useCallback, useMemo, useState } from "react";
import type { Device } from "../../sync/device.ts";
import { HelpLine } from "../components/help-line.tsx";
import type { Message } from "../components/message.ts";
import { MESSAGE_ROWS, MessageLine } from "../components/message-line.tsx";
import { Tabs } from "../components/tabs.tsx";
import { useKeys } from "../keyboard/use-keys.ts";
import type { Tasks } from "../tasks.ts";
import { useDatabaseChanges } from "../use-database-changes.ts";
import { useRunningTask } from "../use-tasks.ts";
import { ConnectionPage } from "./connection-page.tsx";
import { progressMessage } from "./progress-message.ts";
import { readSettingsSnapshot } from "./settings-snapshot.ts";
import { StatusPage } from "./status-page.tsx";
import { useSyncActions } from "./use-sync-actions.ts";

const PAGES = [
  { name: "Status", Page: StatusPage },
  { name: "Connection", Page: ConnectionPage },
] as const;
const CONNECTION = 1;

/** Rows for the tabs, the blank line below them, messages and help. */
const FRAME_ROWS = 1 + 1 + MESSAGE_ROWS + 1;

export interface ViewProps {
  device: Device;
  tasks: Tasks;
  width: number;
  height: number;
}

/** The settings: pages side by side, what the last action brought, and the keys that do something. */
export function SettingsView({ device, tasks, width, height }: ViewProps) {
  const { version, changed } = useDatabaseChanges(device.db);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says when to read again
  const snapshot = useMemo(() => readSettingsSnapshot(device), [device, version]);
  const [open, setOpen] = useState(snapshot.status.enabled ? 0 : CONNECTION);
  const [message, setMessage] = useState<Message | null>(null);
  const running = useRunningTask(tasks);
  const say = useCallback((said: Message | null) => setMessage(said), []);
  const actions = useSyncActions({ device, tasks, say, changed });

  function test(): void {
    const { endpointUrl: url = "", allowInsecureHttp = false } = snapshot.config ?? {};
    actions.test({ url: url ?? "", apiKey: null, allowInsecureHttp });
  }

  useKeys("app", (key) => {
    if (key.name === "left" || key.name === "backTab") setOpen((open + PAGES.length - 1) % PAGES.length);
    else if (key.name === "right" || key.name === "tab") setOpen((open + 1) % PAGES.length);
    else if (key.name === "text" && key.text === "s") actions.sync();
    else if (key.name === "text" && key.text === "t") test();
    else return false;
    return true;
  });

  const { Page } = PAGES[open]!;
  const pageHeight = height - FRAME_ROWS;
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Tabs names={PAGES.map(({ name }) => name)} open={open} />
      <Box height={1} />
      <Box flexDirection="column" height={pageHeight} overflow="hidden">
        <Page {...{ device, snapshot, actions, width, say, changed }} height={pageHeight} />
      </Box>
      <MessageLine message={running ? progressMessage(running, actions.progress) : message} width={width} />
      <HelpLine
        keys={[
          ["↑↓", "move"],
          ["Enter", "edit"],
          ["←→", "page"],
          ["s", "sync"],
          ["t", "test"],
          ["q", "quit"],
        ]}
      />
    </Box>
  );
}
