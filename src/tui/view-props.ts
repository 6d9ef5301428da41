import type { Device } from "../sync/device.ts";
import type { Key } from "./keyboard/key.ts";
import type { QuestionnaireForm } from "./questionnaire/questionnaire-form.ts";
import type { UnsavedConnection } from "./settings/unsaved-connection.ts";
import type { SyncActions } from "./settings/use-sync-actions.ts";
import type { Tasks } from "./tasks.ts";

/** What the screens are opened with. */
export interface ScreenDevice extends Device {
  /** Who reads the notice about support lines, by the settings as they are now. */
  safety(): QuestionnaireForm["safety"];
  /** To be called with a mood or a result that was logged on a screen, once nothing is added to it there any more. */
  logged(entry: LoggedEntry): void;
}

export type LoggedEntry = { entityType: "MoodEntry" | "AssessmentEntry"; id: string };

/** What every view of the dashboard gets. */
export interface ViewProps {
  device: ScreenDevice;
  tasks: Tasks;
  actions: SyncActions;
  unsaved: UnsavedConnection;
  /** Begins the assessment that is due, or shows which there are. */
  checkIn(): void;
  /** What opens another view, where a key or a click in the head is for that; else null. */
  turnOf(key: Key): (() => void) | null;
  width: number;
  height: number;
}
