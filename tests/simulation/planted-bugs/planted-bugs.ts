import type { Patch } from "../load-bundle.ts";

/** A deliberate fault: patches of the product, or of the store that stands for PostgreSQL. */
export interface PlantedBug {
  name: string;
  patches: Patch[];
}

const STORE = "tests/simulation/memory-store.ts";

export const PLANTED_BUGS: readonly PlantedBug[] = [
  bug("cursor from updated_at", "server/sync/merge.ts", [
    "seq += 1;",
    "seq = Math.max(seq, version.updatedAtMs);",
  ]),
  bug(
    "cursor saved before its page",
    "src/sync/exchange/download-all.ts",
    [
      'import { readSyncConfig, type SyncConfig } from "../../local/sync-state/sync-config.ts";',
      'import { readSyncConfig, type SyncConfig, updateSyncConfig } from "../../local/sync-state/sync-config.ts";',
    ],
    [
      "applyDownloadResponse(session, page);",
      `transaction(session.db, () => updateSyncConfig(session.db, { cursor: page.server_cursor }));
       applyDownloadResponse(session, page);`,
    ],
  ),
  bug("cursor always set to the head", "server/sync/upload.ts", [
    "server_cursor: mayAdoptHead ? headCursor(head) :",
    "server_cursor: mayAdoptHead || cursors ? headCursor(head) :",
  ]),
  bug("acknowledging by id instead of by revision", "src/sync/exchange/record-upload-response.ts", [
    "ackedRevision: revision",
    "ackedRevision: row.revision",
  ]),
  bug("no tie rule", "src/domain/versions/merge.ts", [
    'return conflict("same_timestamp");',
    'return { status: "applied", stores: false };',
  ]),
  bug("clock not advanced past the row", "src/local/versions/write.ts", [
    "Math.max(nowMs, row.updatedAtMs + 1)",
    "nowMs",
  ]),
  bug(
    "re-stamping below the version that was read",
    "src/sync/exchange/resolve-conflict.ts",
    ["if (row.base) candidates.push(", "if (false && row.base) candidates.push("],
    ["candidates.push(theirs.updatedAtMs + 1);", ";"],
  ),
  bug("no limit for clocks that are ahead", "src/domain/versions/merge.ts", [
    "leadMs > MAX_CLOCK_LEAD_MS &&",
    "false &&",
  ]),
  bug("tombstone of an unknown id ignored", "server/sync/merge.ts", [
    "if (!decision.stores) continue;",
    "if (!decision.stores || (version.deleted && current === undefined)) continue;",
  ]),
  bug("tombstones left out of a first download", "server/sync/download.ts", [
    "changes: page.versions.map(store.content.toChange),",
    "changes: page.versions.filter((v) => !v.deleted || cursors.main.seq > 0).map(store.content.toChange),",
  ]),
  bug("page boundary off by one", "server/sync/download.ts", [
    "changes: page.versions.map(store.content.toChange),",
    "changes: (page.hasMore && page.versions.length > 1 ? page.versions.slice(1) : page.versions).map(store.content.toChange),",
  ]),
  bug("nonce looked up by equality instead of by range", STORE, [
    "firstSeq <= seq && seq <= lastSeq",
    "seq === lastSeq || seq === firstSeq - 1",
  ]),
  bug("purge horizon checked before the nonce", "server/sync/cursors.ts", [
    'if (!ownPast(main) || (seen !== null && !ownPast(seen))) return "unknown_cursor";',
    `if (!mainIsEmpty && (main.startHorizon ?? main.seq) < position.purgeHorizon) return "cursor_expired";
     if (!ownPast(main) || (seen !== null && !ownPast(seen))) return "unknown_cursor";`,
  ]),
  bug("`seen` forgotten", "src/sync/exchange/build-upload-request.ts", [
    "config.seenCursor ?",
    "config.seenCursor && false ?",
  ]),
  bug("an expired cursor's full download not marked", "src/sync/exchange/resync.ts", [
    'cursor: null, fullDownload: "expired"',
    "cursor: null",
  ]),
  bug("ids that a full download delivers not marked", "src/sync/exchange/apply-download-response.ts", [
    'if (fullDownload === "expired") markDelivered',
    "if (false) markDelivered",
  ]),
  bug("an expired cursor deletes pending rows", "src/local/sync-state/full-download-marks.ts", [
    "where revision = acked_revision and deleted_at is null",
    "where deleted_at is null",
  ]),
  {
    name: "a row sent, unanswered, edited and sent as new",
    patches: [
      {
        file: "src/sync/exchange/build-upload-request.ts",
        find: "const sentBefore = listSent(db, skip);",
        replace: "const sentBefore = listSent(db, () => true);",
      },
      {
        file: "src/local/sync-state/pending-changes.ts",
        find: "where sent.entity_type = ? and sent.id = entity.id",
        replace: "where sent.entity_type = ? and sent.id = entity.id and false",
      },
    ],
  },
  bug("compare-and-swap removed", STORE, [
    "if (account.seq !== readSeq || account.bytes !== readBytes) return false;",
    "",
  ]),
  bug("another user's row visible", STORE, [
    "const stored = account.standing.get(entityKey(version));",
    "const standing = [...accounts.values()].map((a) => a.standing.get(entityKey(version))).find(Boolean);",
  ]),
  bug("no read repair", "src/sync/exchange/apply-download-response.ts", [
    "sendAgain(session, row!, version);",
    "",
  ]),
  bug("a resync forgets the tombstones", "src/local/sync-state/pending-changes.ts", [
    "set acked_revision = 0`",
    "set acked_revision = 0 where deleted_at is null`",
  ]),
  bug("a download overwrites what is pending", "src/domain/versions/merge.ts", [
    'return "leave_pending";',
    'return "take";',
  ]),
  bug("a taken version leaves no history", "src/sync/exchange/take-version.ts", [
    "row.contentHash !== version.contentHash",
    "false",
  ]),
  bug("the server keeps no history of what it replaces", "server/sync/merge.ts", [
    "if (current !== undefined) remember(replaced(current));",
    "",
  ]),
  bug("a version that was replaced is merged again", "src/domain/versions/merge.ts", [
    'if (storedIsNewer && change.wasReplaced) return conflict("superseded");',
    "",
  ]),
  bug("what this device replaced itself counts as a defeat", "src/sync/exchange/resolve-conflict.ts", [
    "isOwnPast(session, row, theirs)) {\n    if (row.revision",
    "false) {\n    if (row.revision",
  ]),
  bug("a merge's base found by its time alone", "src/local/versions/history.ts", [
    'where entity_type = ? and id = ? and updated_at = ? and content_hash = ?",\n  ).get(entityType, id, updatedAtMs, contentHash)',
    'where entity_type = ? and id = ? and updated_at = ? order by stored_at limit 1",\n  ).get(entityType, id, updatedAtMs)',
  ]),
  bug("deferred changes forgotten at an upgrade", "src/sync/exchange/sync-once.ts", [
    "const isTaken = applyChange(session, change);",
    "const isTaken = false;",
  ]),
  bug("the purge horizon of a full download forgotten", "server/sync/download.ts", [
    "startHorizon: mainIsEmpty ? page.purgeHorizon : main.startHorizon,",
    "startHorizon: null,",
  ]),
];

function bug(name: string, file: string, ...replacements: [find: string, replace: string][]): PlantedBug {
  return { name, patches: replacements.map(([find, replace]) => ({ file, find, replace })) };
}
