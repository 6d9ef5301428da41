import { RESOURCES_REVIEWED, resourcesFor } from "./resources.ts";

/** One line for each of the user's own contacts, then one for each service, those of the region first. */
export function helpLines(region: string | undefined, contacts: readonly string[]): string[] {
  const services = resourcesFor(region).map(({ place, name, contact }) => `  ${place}: ${name}, ${contact}`);
  return [...contacts.map((contact) => `  Yours: ${contact}`), ...services];
}

/** What `help-now` prints: needs nothing but this file's data, and the user's own contacts where there are any. */
export function helpText(region: string | undefined, contacts: readonly string[] = []): string {
  return [
    "If you might act on thoughts of hurting yourself, call your local emergency number now.",
    "You don't have to handle this alone. These lines listen:",
    ...helpLines(region, contacts),
    "Talking with someone you trust or your clinician can help.",
    `moodsync does not contact anyone and is not a medical device. List reviewed ${RESOURCES_REVIEWED}.`,
  ].join("\n");
}
