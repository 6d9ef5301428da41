import { Box } from "ink";
import { useState } from "react";
import { useAsk } from "../components/ask.ts";
import type { Message } from "../components/message.ts";
import { Tabs } from "../components/tabs.tsx";
import { useMessage } from "../components/use-message.ts";
import { FRAME_ROWS, ViewFrame } from "../components/view-frame.tsx";
import { type Help, letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { useRunningTask } from "../tasks.ts";
import { useDatabaseValue } from "../use-database-value.ts";
import type { ViewProps } from "../view-props.ts";
import { ConnectionPage } from "./connection-page.tsx";
import { DevicesPage } from "./devices-page.tsx";
import { KeysPage } from "./keys-page.tsx";
import { PreferencesPage } from "./preferences-page.tsx";
import { besideProgress } from "./progress-message.ts";
import { readSettingsSnapshot } from "./settings-snapshot.ts";
import { StatusPage } from "./status-page.tsx";
import { useSyncActions } from "./use-sync-actions.ts";

const PAGES = [
  { name: "Status", Page: StatusPage, keys: [["t", "test"]] },
  {
    name: "Connection",
    Page: ConnectionPage,
    keys: [
      ["Enter", "edit, do"],
      ["t", "test what is typed"],
    ],
  },
  {
    name: "Preferences",
    Page: PreferencesPage,
    keys: [
      ["Enter", "change"],
      ["x", "default"],
    ],
  },
  {
    name: "Devices",
    Page: DevicesPage,
    keys: [
      ["Enter", "rename"],
      ["r", "reload"],
    ],
  },
  {
    name: "Keys",
    Page: KeysPage,
    keys: [
      ["x", "revoke"],
      ["r", "reload"],
    ],
  },
] as const;
const CONNECTION = 1;

const KEYS = [
  ["←→", "page"],
  ["s", "sync"],
  ["q", "quit"],
] as const;

/** Without sync there is nothing to sync, to test but what is typed, or to ask the server about. */
function keysOf(page: readonly Help[], isEnabled: boolean): Help[] {
  const isOfSync = ([, what]: Help) => ["sync", "test", "rename", "revoke", "reload"].includes(what);
  return [...page, ...KEYS].filter((help) => isEnabled || !isOfSync(help));
}

const NOT_SET_UP: Message = {
  tone: "note",
  text: "Sync is not set up on this device.",
  hint: "The Connection page sets it up.",
};

/** The tabs and the blank line below them. */
const TAB_ROWS = 2;

/** The settings: pages side by side, what the last action brought, and the keys that do something. */
export function SettingsView({ device, tasks, unsaved, width, height }: ViewProps) {
  const {
    value: snapshot,
    problem,
    changed,
  } = useDatabaseValue(device.db, () => readSettingsSnapshot(device));
  const [open, setOpen] = useState(snapshot.status.enabled ? 0 : CONNECTION);
  const ask = useAsk();
  const { message, say } = useMessage();
  const running = useRunningTask(tasks);
  const actions = useSyncActions({ device, tasks, say, changed });

  function turn(step: number): void {
    setOpen((open + step + PAGES.length) % PAGES.length);
  }

  function test(): void {
    const { endpointUrl, allowInsecureHttp = false } = snapshot.config ?? {};
    if (!endpointUrl) say(NOT_SET_UP);
    else actions.test({ url: endpointUrl, apiKey: null, allowInsecureHttp });
  }

  function sync(): void {
    if (snapshot.status.enabled) actions.sync();
    else say(NOT_SET_UP);
  }

  useKeys("app", (key) => {
    if (key.name === "left") turn(-1);
    else if (key.name === "right") turn(1);
    else if (letterOf(key) === "s") sync();
    else if (letterOf(key) === "t") test();
    else return false;
    return true;
  });

  const { Page, keys } = PAGES[open]!;
  return (
    <ViewFrame
      {...{ width, height, keys: keysOf(keys, snapshot.status.enabled) }}
      message={running ? besideProgress(message, running, actions.progress) : (problem ?? message)}
    >
      <Tabs names={PAGES.map(({ name }) => name)} open={open} />
      <Box height={1} flexShrink={0} />
      <Page
        {...{ device, snapshot, actions, unsaved, width, say, ask, changed }}
        height={height - FRAME_ROWS - TAB_ROWS}
      />
    </ViewFrame>
  );
}
