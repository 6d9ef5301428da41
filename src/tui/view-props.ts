import type { Device } from "../sync/device.ts";
import type { Tasks } from "./tasks.ts";

/** What every view of the dashboard gets. */
export interface ViewProps {
  device: Device;
  tasks: Tasks;
  width: number;
  height: number;
}
