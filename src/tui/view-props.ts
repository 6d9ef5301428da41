import type { Device } from "../sync/device.ts";
import type { UnsavedConnection } from "./settings/unsaved-connection.ts";
import type { Tasks } from "./tasks.ts";

/** What every view of the dashboard gets. */
export interface ViewProps {
  device: Device;
  tasks: Tasks;
  unsaved: UnsavedConnection;
  width: number;
  height: number;
}
