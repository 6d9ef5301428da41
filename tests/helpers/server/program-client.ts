import { randomUUID } from "node:crypto";
import { moodChange } from "../sync/sync-server.ts";
import { send } from "./http-server.ts";

/** All requests here are those of one device: an account has room for a few hundred. */
const DEVICE_ID = randomUUID();

/** Puts new mood entries on the server as another device of the account would; returns their ids. */
export async function uploadMoods(server: { url: string; apiKey: string }, count: number): Promise<string[]> {
  const changes = Array.from({ length: count }, (_, index) => moodChange({ note: `entry ${index}` }));
  for (let at = 0; at < count; at += 1_000) {
    const { status } = await send(server.url, "POST", "/v1/sync/upload", {
      apiKey: server.apiKey,
      body: { device_id: DEVICE_ID, client_cursor: null, changes: changes.slice(at, at + 1_000) },
    });
    if (status !== 200) throw new Error(`the upload was answered with ${status}`);
  }
  return changes.map(({ id }) => id);
}

/** Ids of all mood entries on the server that are not deleted. */
export async function serverMoodIds(server: { url: string; apiKey: string }): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let since: string | null = null; ; ) {
    const { status, body } = await send(server.url, "POST", "/v1/sync/download", {
      apiKey: server.apiKey,
      body: { device_id: DEVICE_ID, since, limit: 5_000 },
    });
    if (status !== 200) throw new Error(`the download was answered with ${status}`);
    for (const change of body.changes) {
      if (change.entity_type === "MoodEntry" && !change.deleted) ids.add(change.id);
    }
    if (!body.has_more) return ids;
    since = body.server_cursor;
  }
}
