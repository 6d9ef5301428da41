import type { Patch } from "../load-bundle.ts";

/** A deliberate fault: patches of the product, or of the store that stands for PostgreSQL. */
export interface PlantedBug {
  name: string;
  patches: Patch[];
  /** Only the mixes whose names begin so can notice it. */
  mix?: string;
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
  bug("a sent version is not kept when its row is edited", "src/local/sync-state/sent-versions.ts", [
    "const past = row && findPastVersion(db, entityType, id, stamp);",
    "const past = row && false ? findPastVersion(db, entityType, id, stamp) : null;",
  ]),
  bug("what stands now is sent in place of what was sent", "src/local/sync-state/sent-versions.ts", [
    "if (row?.revision === revision) return [row];",
    "if (row) return [{ ...row, revision }];",
  ]),
  bug("compare-and-swap removed", STORE, [
    "if (account.seq !== readSeq || account.bytes !== readBytes) return false;\n      if (newSeq",
    "if (newSeq",
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
  ...inMix("sealed", [
    bug("sealed with a constant nonce", "src/sealing/sealed-text.ts", [
      "const nonce = nonceOf(keys, padded);",
      "const nonce = Buffer.alloc(NONCE_BYTES);",
    ]),
    bug(
      "sealed with a random nonce",
      "src/sealing/sealed-text.ts",
      ["import { createCipheriv,", "import { randomBytes, createCipheriv,"],
      ["const nonce = nonceOf(keys, padded);", "const nonce = randomBytes(NONCE_BYTES);"],
      ["return timingSafeEqual(nonceOf(keys, padded), header.nonce) ? text : null;", "return text;"],
    ),
    bug("a schedule sent in the clear", "src/sealing/seal-change.ts", [
      "if (isUnreadable(change)) {",
      'if (entity_type === "Schedule") return { ...change, envelope: "" } as never;\n  if (isUnreadable(change)) {',
    ]),
    bug("the local id sent", "src/sealing/seal-change.ts", ["id: version.sealedId,", "id,"]),
    bug("the entity type sent beside the envelope", "src/sealing/seal-change.ts", [
      "return withBase(sealed, base_updated_at);",
      "return withBase({ ...sealed, entity_type } as never, base_updated_at);",
    ]),
    bug("a sealed id without the entity type", "src/sealing/sealed-id.ts", [
      "entityType: string, id: string): string {",
      'entityType: string, id: string): string {\n  entityType = "";',
    ]),
    bug("applied ids not translated", "src/sync/sealed/sealed-transport.ts", [
      "applied_ids: response.applied_ids.map((id) => sentAs(id).id),",
      "applied_ids: response.applied_ids,",
    ]),
    bug("the version that stands left sealed", "src/sync/sealed/sealed-transport.ts", [
      "const isShown = standing !== undefined && changeKey(standing) === changeKey(sent);",
      "const isShown = false;",
    ]),
    bug("a sealed version of the same time taken for a repeat", "server/sync/sealed-content.ts", [
      "contentHash: envelopeHash(bytes)",
      'contentHash: "0".repeat(16)',
    ]),
    bug(
      "a hash of the text sent beside the envelope",
      "src/sealing/seal-change.ts",
      ["import type { SealedChange }", 'import { hash } from "node:crypto";\nimport type { SealedChange }'],
      [
        "return withBase(sealed, base_updated_at);",
        'return withBase({ ...sealed, content_hash: hash("sha256", text) } as never, base_updated_at);',
      ],
    ),
    bug("associated data without the time", "src/sealing/sealed-text.ts", [
      "const high = Math.floor(updatedAtMs / 2 ** 32);",
      "updatedAtMs = 0;\n  const high = 0;",
    ]),
    bug("associated data without the id", "src/sealing/sealed-text.ts", [
      "writeUuid(to, 21, sealedId);",
      "void sealedId;\n  to.fill(0, 21, 37);",
    ]),
    bug("associated data without whether it is deleted", "src/sealing/sealed-text.ts", [
      "to.writeUInt8(deleted ? 1 : 0, 45);",
      "to.writeUInt8(deleted ? 0 : 0, 45);",
    ]),
  ]),
  ...inMix("sealed, founding", [
    bug(
      "a sealing key taken unchecked",
      "src/sync/sealed/meet-generation.ts",
      ["if (derived.keyId !== keyId) continue;", ""],
      ["opensFoundingRecord(derived, info) ?", "derived ?"],
    ),
    bug("a founding taken over without its record", "src/sync/sealed/meet-generation.ts", [
      "opensFoundingRecord(derived, info) ?",
      "derived ?",
    ]),
    bug("the account plain on its server's word", "src/sync/sealed/follow-generation.ts", [
      "throw meeting.error;",
      'if (info.key_id !== null) throw meeting.error;\n      adoptGeneration(founder, null, { founding: "none", hasRetired: false });\n      return "";',
    ]),
    bug("a founding by a device that has not downloaded everything", "server/sync/found-generation.ts", [
      'if (!knowsAll && !request.leaves_unread) return { status: "not_at_head" };',
      "",
    ]),
    bug(
      "a founding that leaves behind what an edit waits to replace",
      "src/sync/exchange/apply-download-response.ts",
      ["if (session.isFounding) mergeIntoPending(session, row!, version);", ""],
    ),
    bug("a founding that merges what was replaced before", "src/sync/exchange/resolve-conflict.ts", [
      'if (decision.status === "applied" || decision.reason === "clock_skew") {',
      'if (decision.status === "applied" && theirs.contentHash === row.contentHash) {',
    ]),
    bug("a founding that does not read again what it passed by", "src/sync/sealed/seal-account.ts", [
      "if (hasOutgoing(db)) transaction(db, () => emptyCursor(db));",
      "",
    ]),
    bug("another generation accepted", "server/sync/generation.ts", [
      "return asked === null ? keyId === null : asked.generation === generation && asked.keyId === keyId;",
      "return true;",
    ]),
    bug("retired rows served", STORE, ["account.standing.clear();", ""]),
  ]),
  ...inMix("hostile", [
    {
      name: "whether it is deleted neither sealed nor read in the text",
      patches: [
        {
          file: "src/sealing/sealed-text.ts",
          find: "to.writeUInt8(deleted ? 1 : 0, 45);",
          replace: "to.writeUInt8(deleted ? 0 : 0, 45);",
        },
        {
          file: "src/sealing/open-change.ts",
          find: "const id = deleted ? content.id : isRecord(data) ? data.id : null;",
          replace: "const id = isRecord(data) ? data.id : content.id;",
        },
      ],
    },
    bug(
      "the tag of an envelope not checked",
      "src/sealing/sealed-text.ts",
      ["decipher.final();", ""],
      ["return timingSafeEqual(nonceOf(keys, padded), header.nonce) ? text : null;", "return text;"],
    ),
    bug("keys that are the same for every account", "src/sealing/sealing-keys.ts", [
      "uuidToBytes(accountId).copy(salt);",
      "",
    ]),
    bug("keys that are the same in every generation", "src/sealing/sealing-keys.ts", [
      "salt.writeUInt32BE(generation, 16);",
      "",
    ]),
    bug("what does not open taken for what stands beside it", "src/sealing/open-change.ts", [
      "return readSealed(keys, sealed) ?? unreadable;",
      'return readSealed(keys, sealed) ?? ("entity_type" in sealed ? (sealed as never) : unreadable);',
    ]),
    bug("what could not be opened not kept", "src/sync/exchange/apply-download-response.ts", [
      "deferChange(db, change, { appVersion, nowMs });",
      'if (change.entity_type !== "Sealed") deferChange(db, change, { appVersion, nowMs });',
    ]),
    bug("a reason that is not true believed", "src/sync/http/check-answer.ts", [
      "if (sent && !isTrueOf(",
      "if (false && sent && !isTrueOf(",
    ]),
    bug("a server that denies the base believed", "src/sync/exchange/upload-all.ts", [
      "if (!beganEmpty && deniesBase(",
      "if (false && !beganEmpty && deniesBase(",
    ]),
    bug("an expired cursor believed in a sealed account", "src/sync/sealed/sealed-transport.ts", [
      'if (answer.status !== "resync_required" || answer.reason !== "cursor_expired") return answer;',
      "if (answer.status) return answer;",
    ]),
  ]),
];

function bug(name: string, file: string, ...replacements: [find: string, replace: string][]): PlantedBug {
  return { name, patches: replacements.map(([find, replace]) => ({ file, find, replace })) };
}

function inMix(mix: string, bugs: PlantedBug[]): PlantedBug[] {
  return bugs.map((planted) => ({ ...planted, mix }));
}
