/** A service that listens to people in crisis. */
export interface HelpResource {
  /** Countries (ISO 3166-1) that it serves; empty: everywhere. */
  regions: readonly string[];
  /** Where, as it is shown. */
  place: string;
  name: string;
  /** How it is reached, as it is shown. */
  contact: string;
}

/** When a person last checked every line of the list below. */
export const RESOURCES_REVIEWED = "2026-11-22";

/** Only numbers that were checked: a wrong one does harm, and findahelpline.com knows the others. */
export const HELP_RESOURCES: readonly HelpResource[] = [
  {
    regions: ["US", "CA"],
    place: "US & Canada",
    name: "988 Suicide & Crisis Lifeline",
    contact: "call or text 988",
  },
  { regions: ["GB", "IE"], place: "UK & Ireland", name: "Samaritans", contact: "call 116 123" },
  { regions: ["AU"], place: "Australia", name: "Lifeline", contact: "call 13 11 14" },
  { regions: ["NZ"], place: "New Zealand", name: "Need to Talk?", contact: "call or text 1737" },
  { regions: ["DE"], place: "Germany", name: "TelefonSeelsorge", contact: "call 0800 111 0 111" },
  { regions: ["CH"], place: "Switzerland", name: "Die Dargebotene Hand", contact: "call 143" },
  {
    regions: ["FR"],
    place: "France",
    name: "numéro national de prévention du suicide",
    contact: "call 3114",
  },
  { regions: ["NL"], place: "Netherlands", name: "113 Zelfmoordpreventie", contact: "call 113" },
  { regions: [], place: "Elsewhere", name: "Find a Helpline", contact: "findahelpline.com" },
];

/** The list with the services of a region first; in its own order when the region is not known. */
export function resourcesFor(region: string | undefined): HelpResource[] {
  const isLocal = (resource: HelpResource) => region !== undefined && resource.regions.includes(region);
  return [...HELP_RESOURCES.filter(isLocal), ...HELP_RESOURCES.filter((resource) => !isLocal(resource))];
}
