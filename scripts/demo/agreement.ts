import { ask, type Device } from "./device.ts";

type Entities = Record<string, { id: string }[]>;

const GROUP_BY_TYPE: Record<string, string> = {
  Activity: "activities",
  MoodEntry: "mood_entries",
  AssessmentEntry: "assessments",
  Schedule: "schedules",
};

/** What a device holds, as its export: live entities in groups, each sorted by id. */
export async function deviceEntities(device: Device): Promise<Entities> {
  return JSON.parse(await ask(device, ["export"])).entities;
}

/** What the server holds, in the form of an export, asked for as any other client of the protocol would. */
export async function serverEntities(url: string, apiKey: string): Promise<Entities> {
  const entities: Entities = { activities: [], mood_entries: [], assessments: [], schedules: [] };
  let since: string | null = null;
  for (let hasMore = true; hasMore; ) {
    const response = await fetch(`${url}/v1/sync/download`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify({ device_id: crypto.randomUUID(), since }),
    });
    if (!response.ok) throw new Error(`the server answered a download with ${response.status}`);
    const page = (await response.json()) as DownloadPage;
    for (const { entity_type, deleted, data } of page.changes) {
      if (!deleted) entities[GROUP_BY_TYPE[entity_type] ?? entity_type]?.push(data);
    }
    since = page.server_cursor;
    hasMore = page.has_more;
  }
  for (const group of Object.values(entities)) group.sort((a, b) => (a.id < b.id ? -1 : 1));
  return entities;
}

interface DownloadPage {
  server_cursor: string;
  has_more: boolean;
  changes: { entity_type: string; deleted: boolean; data: { id: string } }[];
}
