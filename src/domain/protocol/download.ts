import * as z from "zod";
import { idField } from "../entities/schema-field.ts";
import { MAX_PAGE_CHANGES } from "../limits.ts";
import { cursorField } from "./cursor.ts";
import { SyncChange } from "./sync-change.ts";

/** Asks for what came after a cursor; null or an empty text: from the start. */
export const SyncDownloadRequest = z.looseObject({
  device_id: idField,
  since: cursorField.nullish(),
  seen: cursorField.nullish(),
  limit: z.int().min(1).max(MAX_PAGE_CHANGES).optional(),
});

export interface SyncDownloadRequest {
  device_id: string;
  since?: string | null | undefined;
  seen?: string | null | undefined;
  limit?: number | undefined;
}

/** One page of changes in the server's order. `deletions_ahead` counts the tombstones after `since`. */
export const SyncDownloadResponse = z.looseObject({
  server_cursor: cursorField,
  changes: z.array(SyncChange),
  has_more: z.boolean().optional(),
  deletions_ahead: z.int().min(0).optional(),
  server_time: z.number().optional(),
});

export interface SyncDownloadResponse {
  server_cursor: string;
  changes: SyncChange[];
  has_more?: boolean;
  deletions_ahead?: number;
  server_time?: number;
}
