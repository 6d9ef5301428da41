import type { Version } from "../../src/domain/versions/version.ts";
import { hasUnsynced, type SimulatedDevice } from "./device.ts";
import { SLOTS, tokensOf } from "./entities.ts";
import type { Write } from "./ledger.ts";
import { type Failure, hasLostServer, type SentUpload, type World } from "./world.ts";

const ENTITY_TYPE = {
  activities: "Activity",
  mood_entries: "MoodEntry",
  assessments: "AssessmentEntry",
  schedules: "Schedule",
};
const LIVE_ROWS = Object.entries(ENTITY_TYPE)
  .map(([table, type]) => `select '${type}/' || id, content_hash from ${table} where deleted_at is null`)
  .join(" union all ");

/** The invariants after the faults have stopped and everybody has synced. */
export function checkEnd(world: World): Failure {
  for (const device of world.devices) {
    if (hasUnsynced(device)) return broken("liveness", `device ${device.number} still has something to send`);
  }
  return checkConvergence(world) ?? checkWrites(world);
}

/** No request that was ever sent changes anything when it comes again. */
export async function checkRepetition(world: World): Promise<Failure> {
  const { server, happened, sent, schedule } = world;
  if (!schedule.repeatsUploads || happened.has("purge")) return null;
  const stored = server.storedCount();
  for (const upload of sent) {
    const { userId, request } = upload;
    // A device that went back to a backup has forgotten what it sent: if that was lost on its way, it is new here.
    if (happened.has("restore_device") && !server.hasMerged(request)) continue;
    if (!mayBeAcceptedLater(world, upload)) await server.upload(userId, request);
  }
  return server.storedCount() === stored ? null : broken("idempotence", "a repeated upload was stored");
}

/** A known limit: a change that was refused for its clock can be accepted later, that of a legacy client, or one made
 *  from a version that the server has lost. */
function mayBeAcceptedLater(world: World, { userId, request }: SentUpload): boolean {
  return request.changes.some(
    (change) =>
      world.server.hasRefusedClock(userId, change) &&
      (change.base_updated_at === undefined || hasLostServer(world)),
  );
}

function checkConvergence(world: World): Failure {
  for (const device of world.devices) {
    const live = liveHashes(device);
    let count = 0;
    for (const [key, version] of standingOf(world, device.userId)) {
      if (version.deleted) continue;
      count++;
      if (live.get(key) !== version.contentHash) {
        return broken("convergence", `device ${device.number} does not hold the server's version of ${key}`);
      }
    }
    if (count !== live.size)
      return broken("convergence", `device ${device.number} holds what the server does not`);
  }
  return null;
}

/** What stands on the server, as its devices read it. */
function standingOf({ server, sealing }: World, userId: string): Map<string, Version> {
  const versions = [...server.store.accountOf(userId).standing.values()];
  const opened = versions.map((version) => sealing.open(userId, version));
  return new Map(opened.map((version) => [`${version.entityType}/${version.id}`, version]));
}

function liveHashes({ product, database: { db } }: SimulatedDevice): Map<string, string> {
  return new Map(product.statement(db, LIVE_ROWS).raw().all() as [string, string][]);
}

function checkWrites(world: World): Failure {
  const { ledger, schedule } = world;
  const groups = new Map<string, Write[]>();
  for (const write of ledger.writes.values()) {
    const key = `${write.user}/${write.entity}`;
    const group = groups.get(key);
    if (group) group.push(write);
    else groups.set(key, [write]);
  }
  const mergingUsers = new Set(schedule.devices.map(({ user }) => user));
  for (const { user, client } of schedule.devices) if (client === "legacy") mergingUsers.delete(user);
  for (const writes of groups.values()) {
    const failure =
      checkEntity(world, writes, mergingUsers.has(writes[0]!.user)) ?? checkNothingDisappears(world, writes);
    if (failure) return failure;
  }
  return null;
}

/** After these the union is by last-writer-wins, as after every resync: edits of different fields need not both survive. */
const LOSSES = ["restore_server", "replace_server", "restore_device", "copy_device", "found"] as const;

/** What stands is nobody's past: no edit gives way to a version that its author had seen. */
function checkEntity(world: World, writes: Write[], allMerge: boolean): Failure {
  const { entity, user } = writes[0]!;
  const slot = SLOTS[entity]!;
  const userId = world.devices.find((device) => device.user === user)!.userId;
  const standing = standingOf(world, userId).get(`${slot.entityType}/${slot.id}`);
  const serverLost = hasLostServer(world);
  const kept = writes.filter(
    ({ wentBack }) => wentBack === "no" || (wentBack === "acknowledged" && !serverLost),
  );
  const where = `entity ${entity} of user ${user}`;
  if (!standing) {
    return world.happened.has("purge") || kept.length === 0
      ? null
      : broken("nothing is lost", `${where} is gone`);
  }
  const wasDeleted = writes.some(({ kind }) => kind === "delete");
  if (wasDeleted && world.happened.has("purge") && serverLost) return null; // a known limit
  if (!standing.entity) {
    const beaten = (deletion: Write) =>
      kept.some(({ kind, past }) => kind === "write" && past.has(deletion.token));
    const deletions = writes.filter(({ kind }) => kind === "delete");
    return deletions.every(beaten)
      ? broken("nothing is lost", `${where} is deleted, but was revived since`)
      : null;
  }
  const { single, many } = tokensOf(slot, standing.entity);
  const held = [...single.values(), ...[...many.values()].flat()].filter((token) => token !== 0);
  const wronged = kept.find(
    (write) =>
      !held.includes(write.token) &&
      held.every((seen) => write.past.has(seen)) &&
      !writes.some((other) => other.revives && isConcurrent(other, write)),
  );
  if (held.some((token) => world.ledger.writes.get(token)?.user !== user)) {
    return broken("isolation", `${where} holds what another user wrote`);
  }
  if (world.schedule.marksWrites && wronged) {
    const name = wronged.kind === "delete" ? "no resurrection" : "nothing is lost";
    return broken(name, `${where} stands as before write ${wronged.token}`);
  }
  if (wasDeleted || !allMerge || LOSSES.some((loss) => world.happened.has(loss))) return null;
  for (const [field, token] of single) {
    const touches = (write: Write) => write.isFirst || write.field === field || field === "last_write";
    const later = kept.find((write) => write.past.has(token) && touches(write));
    if (later) return broken("nothing is lost", `${field} of ${where} is as before write ${later.token}`);
  }
  for (const [field, tokens] of many) {
    if (new Set(tokens).size !== tokens.length)
      return broken("merging does not grow", `${field} of ${where}`);
    const removed = new Set(writes.flatMap((write) => (write.field === field ? write.removed : [])));
    const back = tokens.find((token) => removed.has(token));
    if (back) return broken("nothing is lost", `${field} of ${where} holds ${back} again, which was removed`);
    const missing = kept
      .flatMap((write) => (write.field === field ? write.added : []))
      .find((token) => !tokens.includes(token) && !removed.has(token));
    if (missing) return broken("nothing is lost", `${field} of ${where} lacks ${missing}`);
  }
  return null;
}

/** Neither author had seen the other's write. What a concurrent revival brings back cannot be told from what its
 *  content was before. */
function isConcurrent(a: Write, b: Write): boolean {
  return a !== b && !a.past.has(b.token) && !b.past.has(a.token);
}

/** Every version that a user wrote stands on the device where they wrote it, or is in its history. */
function checkNothingDisappears({ devices, schedule }: World, writes: Write[]): Failure {
  const slot = SLOTS[writes[0]!.entity]!;
  for (const device of devices) {
    const own = writes.filter((write) => write.device === device.number && write.wentBack === "no");
    if (own.length === 0) continue;
    const { db } = device.database;
    const row = device.product.readRow(db, slot.entityType, slot.id);
    const past = device.product.statement(db, HISTORY).raw().all(slot.entityType, slot.id) as [
      deleted: number,
      content: string | null,
    ][];
    const texts = past.map(([, content]) => content).join() + JSON.stringify(row?.content);
    const wasDeleted = row?.deleted || past.some(([deleted]) => deleted === 1);
    const gone = own.find(({ kind, token }) =>
      kind === "delete" ? !wasDeleted : schedule.marksWrites && !texts.includes(`"last_write":${token}`),
    );
    if (gone)
      return broken("nothing silently disappears", `write ${gone.token} is not on device ${device.number}`);
  }
  return null;
}

const HISTORY = "select deleted, content from entity_history where entity_type = ? and id = ?";

function broken(invariant: string, detail: string): Failure {
  return { invariant, detail };
}
