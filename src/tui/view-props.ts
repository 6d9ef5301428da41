import type { Device } from "../sync/device.ts";
import type { QuestionnaireForm } from "./questionnaire/questionnaire-form.ts";
import type { UnsavedConnection } from "./settings/unsaved-connection.ts";
import type { SyncActions } from "./settings/use-sync-actions.ts";
import type { Tasks } from "./tasks.ts";

/** What the screens are opened with. */
export interface ScreenDevice extends Device {
  /** Who reads the notice about support lines, by the settings as they are now. */
  safety(): QuestionnaireForm["safety"];
}

/** What every view of the dashboard gets. */
export interface ViewProps {
  device: ScreenDevice;
  tasks: Tasks;
  actions: SyncActions;
  unsaved: UnsavedConnection;
  /** Begins the assessment that is due, or shows which there are. */
  checkIn(): void;
  /** Opens the next view, or the one before. */
  turn(step: 1 | -1): void;
  width: number;
  height: number;
}
