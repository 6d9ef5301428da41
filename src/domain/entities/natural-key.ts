import { uuidToBytes, uuidv5 } from "../identifiers.ts";
import { comparableText } from "../text/text.ts";

/** Namespace of the identifiers that are made from a name, so that two devices which both create
 *  the activity "run" while offline end with one. Fixed for ever: changing it would split them. */
const NAMESPACE = uuidToBytes("6f1d3a52-8f0e-5b7c-9a43-2d6b1e9c7f10");

/** The `attempt`-th (from 1) identifier of an activity with this label. */
export function activityId(label: string, attempt = 1): string {
  return naturalId(`Activity:${comparableText(label)}`, attempt);
}

/** The `attempt`-th (from 1) identifier of the schedule of an assessment type. */
export function scheduleId(assessmentType: string, attempt = 1): string {
  return naturalId(`Schedule:${assessmentType}`, attempt);
}

/** The identifier of an entry that came from a file of another program: the same on every device, and every time. `name`
 *  tells it from all others of its source, or `attempt` does among equal ones. */
export function importedId(name: string, attempt = 1): string {
  return naturalId(`Import:${name}`, attempt);
}

function naturalId(name: string, attempt: number): string {
  return uuidv5(attempt === 1 ? name : `${name}#${attempt}`, NAMESPACE);
}
