import { useState } from "react";
import { pageAt, pageTabs, TAB_ROWS } from "../../output/screen/page-tabs.ts";
import { useRoot } from "../app-root.tsx";
import { VIEW_TOP } from "../components/app-shell.tsx";
import { useAsk } from "../components/ask.ts";
import { Lines } from "../components/lines.tsx";
import type { Message } from "../components/message.ts";
import { ViewFrame } from "../components/view-frame.tsx";
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

const PAGES = [
  { name: "Status", Page: StatusPage, keys: [["t", "test"]] },
  {
    name: "Connection",
    Page: ConnectionPage,
    keys: [
      ["Enter", "edit, do", "do"],
      ["t", "test what is typed", "test"],
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
const PAGE_NAMES = PAGES.map(({ name }) => name);

const KEYS = [
  ["1–5", "page"],
  ["s", "sync"],
  ["q", "quit"],
] as const;

const KEYS_HELP: Help = ["?", "keys"];

/** Without sync there is nothing to sync, to test but what is typed, or to ask the server about. */
function keysOf(page: readonly Help[], isEnabled: boolean): Help[] {
  const isOfSync = ([, what]: Help) => ["sync", "test", "rename", "revoke", "reload"].includes(what);
  return [KEYS_HELP, ...page, ...KEYS].filter((help) => isEnabled || !isOfSync(help));
}

export const NOT_SET_UP: Message = {
  tone: "note",
  text: "Sync is not set up on this device.",
  hint: "The Connection page sets it up.",
};

/** The settings: pages side by side, what the last action brought, and the keys that do something. */
export function SettingsView({ device, tasks, actions, unsaved, turnOf, width, height }: ViewProps) {
  const { style, message, say } = useRoot();
  const {
    value: snapshot,
    problem,
    changed,
  } = useDatabaseValue(device.db, () => readSettingsSnapshot(device));
  const [open, setOpen] = useState(snapshot.status.enabled ? 0 : CONNECTION);
  const ask = useAsk();
  const running = useRunningTask(tasks);

  /** What was typed and is not saved stays, but nobody goes without knowing. */
  function leaving(go: () => void): void {
    const text = "What you typed here is not saved yet. Leave the page? It stays typed.";
    if (open === CONNECTION && unsaved.hasTyped()) ask({ text, onYes: go });
    else go();
  }

  function openPage(index: number): void {
    if (index !== open) leaving(() => setOpen(index));
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

  // Above the listener that turns to another view.
  useKeys("view", (key) => {
    const turn = turnOf(key);
    if (turn) leaving(turn);
    else if (key.name === "click" && key.row === VIEW_TOP) {
      const clicked = pageAt(key.column, { names: PAGE_NAMES, open }, width, style);
      if (clicked !== null) openPage(clicked);
    } else return false;
    return true;
  });

  useKeys("app", (key) => {
    if (key.name === "left") openPage((open + PAGES.length - 1) % PAGES.length);
    else if (key.name === "right") openPage((open + 1) % PAGES.length);
    else if (/^[1-5]$/.test(letterOf(key) ?? "")) openPage(Number(letterOf(key)) - 1);
    else if (letterOf(key) === "s") sync();
    else if (letterOf(key) === "t") test();
    else return false;
    return true;
  });

  const { Page, keys } = PAGES[open]!;
  return (
    <ViewFrame
      {...{ width, height, keys: keysOf(keys, snapshot.status.enabled) }}
      message={running ? besideProgress(message, running, actions.progress, style) : (problem ?? message)}
    >
      {(room) => (
        <>
          <Lines lines={[...pageTabs(PAGE_NAMES, open, width, style), style.line()]} />
          <Page
            {...{ device, snapshot, actions, unsaved, width, say, ask, changed }}
            height={room - TAB_ROWS}
          />
        </>
      )}
    </ViewFrame>
  );
}
