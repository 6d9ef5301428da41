import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Kind } from "../../../server/sync/content.ts";
import { download } from "../../../server/sync/download.ts";
import type { SyncStore } from "../../../server/sync/store.ts";
import { upload } from "../../../server/sync/upload.ts";
import type { Entity } from "../../../src/domain/entities/entity.ts";
import type { EntityType } from "../../../src/domain/entities/entity-type.ts";
import type { ConflictInfo } from "../../../src/domain/protocol/conflict.ts";
import type { SyncDownloadResponse } from "../../../src/domain/protocol/download.ts";
import type { SyncChange } from "../../../src/domain/protocol/sync-change.ts";
import type { SyncUploadResponse } from "../../../src/domain/protocol/upload.ts";
import { formatUtc } from "../../../src/domain/time/timestamp.ts";
import { moodEntry } from "./merge-cases.ts";

/** One account as a device sees it that speaks to the upload and the download directly. */
export interface SyncAccount {
  userId: string;
  upload(changes: SyncChange[], request?: UploadOptions): Promise<SyncUploadResponse>;
  download(since: string | null, request?: DownloadOptions): Promise<SyncDownloadResponse>;
  /** Why the request was refused; throws when it was not. */
  uploadRefusal(changes: SyncChange[], request: UploadOptions): Promise<string>;
  downloadRefusal(since: string | null, request?: DownloadOptions): Promise<string>;
}

interface UploadOptions {
  cursor?: string | null;
  seen?: string | null;
  deviceId?: string;
}
interface DownloadOptions {
  limit?: number;
  seen?: string | null;
}

export function syncAccount(store: SyncStore, userId: string): SyncAccount {
  return accountThrough(store, userId, {
    send: (change) => change,
    receive: (change) => change,
    receiveId: (id) => id,
    receiveConflict: (conflict) => conflict,
  });
}

/** What a device makes of changes before they leave, and of what comes. */
export interface Wrapping<K extends Kind> {
  send(change: SyncChange): K["change"];
  receive(change: K["change"]): SyncChange;
  receiveId(id: string): string;
  receiveConflict(conflict: K["conflict"]): ConflictInfo;
}

export function accountThrough<K extends Kind>(
  store: SyncStore<K>,
  userId: string,
  wrapping: Wrapping<K>,
): SyncAccount {
  const device = randomUUID();
  const context = {
    store,
    newNonce: () => randomBytes(16).toString("hex"),
    pause: (attempt: number) => sleep(Math.random() * 5 * attempt),
  };
  const send = (changes: SyncChange[], { cursor = null, seen, deviceId = device }: UploadOptions) =>
    upload(context, userId, {
      device_id: deviceId,
      client_cursor: cursor,
      changes: changes.map(wrapping.send),
      ...(seen === undefined ? {} : { seen }),
    });
  const fetch = (since: string | null, options: DownloadOptions) =>
    download(context, userId, { device_id: device, since, ...options });

  return {
    userId,
    async upload(changes, options = {}) {
      const outcome = await send(changes, options);
      if (outcome.status !== "accepted") throw new Error(JSON.stringify(outcome));
      const { response } = outcome;
      const conflicts = response.conflicts.map(wrapping.receiveConflict);
      return { ...response, applied_ids: response.applied_ids.map(wrapping.receiveId), conflicts };
    },
    async download(since, options = {}) {
      const outcome = await fetch(since, options);
      if (outcome.status !== "page") throw new Error(JSON.stringify(outcome));
      return { ...outcome.response, changes: outcome.response.changes.map(wrapping.receive) };
    },
    async uploadRefusal(changes, options) {
      const outcome = await send(changes, options);
      if (outcome.status !== "resync_required") throw new Error(JSON.stringify(outcome));
      return outcome.reason;
    },
    async downloadRefusal(since, options = {}) {
      const outcome = await fetch(since, options);
      if (outcome.status !== "resync_required") throw new Error(JSON.stringify(outcome));
      return outcome.reason;
    },
  };
}

/** All changes after a cursor, page by page. */
export async function downloadAll(account: SyncAccount, limit?: number): Promise<SyncChange[]> {
  const changes: SyncChange[] = [];
  let since: string | null = null;
  for (;;) {
    const page = await account.download(since, limit === undefined ? {} : { limit });
    changes.push(...page.changes);
    since = page.server_cursor;
    if (!page.has_more) return changes;
  }
}

/** A mood entry on its way; `note` tells versions apart. */
export function moodChange(
  given: { id?: string; note?: string; updatedAtMs?: number } = {},
  extra: object = {},
): SyncChange {
  const updatedAtMs = given.updatedAtMs ?? Date.now() - 60_000;
  const entity = moodEntry({ id: given.id ?? randomUUID(), note: given.note ?? null, updatedAtMs });
  return entityChange("MoodEntry", { ...entity, ...extra });
}

export function entityChange(entityType: EntityType, entity: Entity): SyncChange {
  return {
    entity_type: entityType,
    id: entity.id,
    updated_at: entity.metadata.updated_at,
    deleted: false,
    data: entity,
  };
}

export function deletion(id: string, updatedAtMs = Date.now() - 30_000): SyncChange {
  return { entity_type: "MoodEntry", id, updated_at: formatUtc(updatedAtMs), deleted: true, data: null };
}
