import { loadBundle, type Patch } from "./load-bundle.ts";
import type { DeviceSetup } from "./schedule.ts";

/** The product as the simulation runs it. */
export type Subject = typeof import("./subject.ts");

/** The product in each of its kinds. The server is that of the newest. */
export type Clients = Record<DeviceSetup["client"], Subject>;

/** Builds every kind of client, all with the same patches. */
export async function loadClients(patches: readonly Patch[] = []): Promise<Clients> {
  const [merging, legacy, older] = await Promise.all([
    loadSubject(patches),
    loadSubject([...LEGACY_CLIENT, ...patches]),
    loadSubject([...OLDER_CLIENT, ...patches]),
  ]);
  return { merging, legacy, older };
}

async function loadSubject(patches: readonly Patch[]): Promise<Subject> {
  return (await loadBundle("tests/simulation/subject.ts", patches)) as Subject;
}

/** Turns the client into one that knows nothing of `base_updated_at` and of merging: it is judged by plain
 *  last-writer-wins and takes whatever stands. */
const LEGACY_CLIENT: readonly Patch[] = [
  {
    file: "src/sync/exchange/build-upload-request.ts",
    find: "change.base_updated_at = row.base && formatUtc(row.base.updatedAtMs);",
    replace: "",
  },
  {
    file: "src/sync/exchange/resolve-conflict.ts",
    find: "const merged = mergeVersions({ base, mine: row, theirs });",
    replace: "const merged = theirs;",
  },
];

/** Turns the client into one from before there were schedules. */
const OLDER_CLIENT: readonly Patch[] = [
  {
    file: "src/domain/entities/entity-type.ts",
    find: '"AssessmentEntry", "Schedule"] as const;',
    replace: '"AssessmentEntry"] as const;',
  },
];
