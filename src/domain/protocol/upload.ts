import * as z from "zod";
import { idField } from "../entities/schema-field.ts";
import { MAX_UPLOAD_CHANGES } from "../limits.ts";
import { ConflictInfo } from "./conflict.ts";
import { cursorField } from "./cursor.ts";
import { SyncChange } from "./sync-change.ts";

/** What a device hands to the server. `client_cursor` is its stored cursor (null: none yet), `seen` the head
 *  of the last upload that it has not downloaded past. */
export const SyncUploadRequest = z.looseObject({
  device_id: idField,
  client_cursor: cursorField.nullish(),
  seen: cursorField.nullish(),
  changes: z.array(SyncChange).max(MAX_UPLOAD_CHANGES),
});

export interface SyncUploadRequest {
  device_id: string;
  client_cursor?: string | null | undefined;
  seen?: string | null | undefined;
  changes: SyncChange[];
}

/** `server_cursor` is always safe to adopt; `head_cursor` is the head after this upload; `server_time` is
 *  milliseconds of the database's clock. A change is acknowledged when its id is in `applied_ids` and no
 *  conflict names it. */
export const SyncUploadResponse = z.looseObject({
  server_cursor: cursorField,
  head_cursor: cursorField.optional(),
  applied_ids: z.array(idField),
  conflicts: z.array(ConflictInfo),
  server_time: z.number().optional(),
});

export interface SyncUploadResponse {
  server_cursor: string;
  head_cursor?: string;
  applied_ids: string[];
  conflicts: ConflictInfo[];
  server_time?: number;
}
