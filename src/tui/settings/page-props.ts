import { TAB_ROWS } from "../../output/screen/page-tabs.ts";
import type { Device } from "../../sync/device.ts";
import { VIEW_TOP } from "../components/app-shell.tsx";
import type { Question } from "../components/ask.ts";
import type { Message } from "../components/message.ts";
import type { SettingsSnapshot } from "./settings-snapshot.ts";
import type { UnsavedConnection } from "./unsaved-connection.ts";
import type { SyncActions } from "./use-sync-actions.ts";

/** The row of the screen in which a page begins. */
export const PAGE_TOP = VIEW_TOP + TAB_ROWS;

/** What every page of the settings gets. */
export interface PageProps {
  device: Device;
  snapshot: SettingsSnapshot;
  actions: SyncActions;
  unsaved: UnsavedConnection;
  width: number;
  /** Rows for the page. */
  height: number;
  say(message: Message | null): void;
  /** Asks before `onYes` does what cannot be taken back. */
  ask(question: Question): void;
  /** To be called after a change that this page made. */
  changed(): void;
}
