import type { Patch } from "./load-subject.ts";

/** Turns the client into one that knows nothing of `base_updated_at` and of merging: it is judged by plain
 *  last-writer-wins and takes whatever stands. */
export const LEGACY_CLIENT: readonly Patch[] = [
  {
    file: "src/sync/build-upload-request.ts",
    find: "{ ...versionToChange(row), base_updated_at: row.base && formatUtc(row.base.updatedAtMs) }",
    replace: "versionToChange(row)",
  },
  {
    file: "src/sync/settle-conflict.ts",
    find: "const merged = mergeVersions({ base, mine: row, theirs });",
    replace: "const merged = theirs;",
  },
];
