import type { Entity } from "../../src/domain/entities/entity.ts";
import type { EntityType } from "../../src/domain/entities/entity-type.ts";
import { encodeCursor } from "../../src/domain/protocol/cursor.ts";
import { contentHash, tombstoneHash } from "../../src/domain/versions/canonical.ts";

/** One request and its answer, as docs/protocol.md and the OpenAPI document show them. */
export interface Exchange {
  name: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  /** Sent without a key. */
  isAnonymous?: true;
  request?: object;
  status: number;
  response?: object;
}

export const LAPTOP = "5b0f8a4c-1e7d-4b7a-9a55-3c1d2e4f6a70";
export const PHONE = "c2d4e6f8-0a1b-4c3d-8e5f-7a9b0c1d2e3f";
const ENTRY = "3f9c2a1b-7d4e-4f60-8a1b-2c3d4e5f6071";
const ACTIVITY = "1f4593d6-2bb7-557f-9d45-65fd1f373ff6";
const FIRST_KEY = "e1d2c3b4-a596-4877-8695-a4b3c2d1e0f1";
const SECOND_KEY = "a0b1c2d3-e4f5-4061-b2c3-d4e5f6071829";
const API_KEY =
  "msk_8c1f0b6e2d3a4c5b9e7f6a5b4c3d2e1f_6b1d0c5f8e2a497384f0b9c1d6e7a2530f4e8d7c6b5a49382716f5e4d3c2b1a0_83035512";
const REQUEST_ID = "7d1f2c3b-4a59-4e68-9c7d-8b6a5f4e3d2c";

/** What the server's clock says throughout; the same in ms. */
export const SERVER_TIMESTAMP = "2026-03-02T20:10:00.000Z";
export const SERVER_TIME = Date.parse(SERVER_TIMESTAMP);

const cursor = (seq: number, nonce: string) => encodeCursor({ seq, nonce, startHorizon: null });
const AFTER_FIRST = cursor(2, "4b1c6f0e9d8a7b6c5d4e3f2a1b0c9d8e");
const AFTER_EDIT = cursor(3, "9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b");
const AFTER_MERGE = cursor(4, "1f2e3d4c5b6a79880716253443526170");
const HEAD = cursor(5, "c0ffee00d15ea5edfacade0123456789");
const FOREIGN = cursor(5, "0123456789abcdef0123456789abcdef");

/** What another server, or this one at another time, writes in their place: each stands for one value throughout. */
export const PLACEHOLDERS: readonly string[] = [
  AFTER_FIRST,
  AFTER_EDIT,
  AFTER_MERGE,
  HEAD,
  FIRST_KEY,
  SECOND_KEY,
  API_KEY,
  REQUEST_ID,
];

/** Times of the server's clock: they differ from one answer to the next. */
export const SERVER_TIMES: readonly (string | number)[] = [SERVER_TIMESTAMP, SERVER_TIME];

const FIRST = "2026-03-02T20:00:05.123Z";
const SECOND = "2026-03-02T20:03:10.500Z";
const THIRD = "2026-03-02T20:04:00.250Z";
const MERGED = "2026-03-02T20:04:00.251Z";
const REMOVED = "2026-03-02T20:06:30.000Z";

const running = {
  id: ACTIVITY,
  label: "Running",
  color_hex: "#4caf50",
  icon: null,
  metadata: { created_at: FIRST, updated_at: FIRST, deleted_at: null },
};

const mood = (updatedAt: string, { value = 4, note = "Long day." } = {}) => ({
  id: ENTRY,
  value,
  activities: [ACTIVITY],
  note,
  recorded_at: "2026-03-02T21:00:00.000+01:00",
  metadata: { created_at: FIRST, updated_at: updatedAt, deleted_at: null },
});
const logged = mood(FIRST);
const raised = mood(SECOND, { value: 5 });
const annotated = mood(THIRD, { note: "Long day.\n\nSlept well after it." });
const merged = mood(MERGED, { value: 5, note: "Long day.\n\nSlept well after it." });

function change(entityType: EntityType, data: Entity) {
  return { entity_type: entityType, id: data.id, updated_at: data.metadata.updated_at, deleted: false, data };
}

const removal = { entity_type: "Activity", id: ACTIVITY, updated_at: REMOVED, deleted: true, data: null };

const version = (data: Entity, deviceId: string, outcome: string) => ({
  ...change("MoodEntry", data),
  content_hash: contentHash(data),
  device_id: deviceId,
  stored_at: SERVER_TIMESTAMP,
  outcome,
});

export const problem = (status: number, title: string, code: string, detail: string, more: object = {}) => ({
  type: "about:blank",
  title,
  status,
  code,
  detail,
  ...more,
  request_id: REQUEST_ID,
});

/** A story of one account, in its order: a laptop and a phone edit the same entry. A test plays it against a real
 *  server. */
export const EXCHANGES: readonly Exchange[] = [
  {
    name: "health",
    method: "GET",
    path: "/health",
    isAnonymous: true,
    status: 200,
    response: { status: "ok" },
  },
  {
    name: "ready",
    method: "GET",
    path: "/ready",
    isAnonymous: true,
    status: 200,
    response: { status: "ready" },
  },
  {
    name: "register-device",
    method: "PUT",
    path: `/v1/devices/${LAPTOP}`,
    request: { label: "laptop" },
    status: 200,
    response: { id: LAPTOP, label: "laptop", created_at: SERVER_TIMESTAMP, last_seen_at: SERVER_TIMESTAMP },
  },
  {
    name: "upload-first",
    method: "POST",
    path: "/v1/sync/upload",
    request: {
      device_id: LAPTOP,
      client_cursor: null,
      changes: [
        { ...change("Activity", running), base_updated_at: null },
        { ...change("MoodEntry", logged), base_updated_at: null },
      ],
    },
    status: 200,
    response: {
      server_cursor: AFTER_FIRST,
      head_cursor: AFTER_FIRST,
      applied_ids: [ACTIVITY, ENTRY],
      conflicts: [],
      server_time: SERVER_TIME,
    },
  },
  {
    name: "download-first",
    method: "POST",
    path: "/v1/sync/download",
    request: { device_id: PHONE, since: null },
    status: 200,
    response: {
      server_cursor: AFTER_FIRST,
      changes: [change("Activity", running), change("MoodEntry", logged)],
      has_more: false,
      deletions_ahead: 0,
      server_time: SERVER_TIME,
    },
  },
  {
    name: "upload-edit",
    method: "POST",
    path: "/v1/sync/upload",
    request: {
      device_id: PHONE,
      client_cursor: AFTER_FIRST,
      changes: [{ ...change("MoodEntry", raised), base_updated_at: FIRST }],
    },
    status: 200,
    response: {
      server_cursor: AFTER_EDIT,
      head_cursor: AFTER_EDIT,
      applied_ids: [ENTRY],
      conflicts: [],
      server_time: SERVER_TIME,
    },
  },
  {
    name: "upload-stale-base",
    method: "POST",
    path: "/v1/sync/upload",
    request: {
      device_id: LAPTOP,
      client_cursor: AFTER_FIRST,
      changes: [{ ...change("MoodEntry", annotated), base_updated_at: FIRST }],
    },
    status: 200,
    response: {
      server_cursor: AFTER_FIRST,
      head_cursor: AFTER_EDIT,
      applied_ids: [],
      conflicts: [
        {
          entity_type: "MoodEntry",
          id: ENTRY,
          reason: "stale_base",
          server_change: change("MoodEntry", raised),
          server_device_id: PHONE,
        },
      ],
      server_time: SERVER_TIME,
    },
  },
  {
    name: "upload-merged",
    method: "POST",
    path: "/v1/sync/upload",
    request: {
      device_id: LAPTOP,
      client_cursor: AFTER_FIRST,
      seen: AFTER_EDIT,
      changes: [{ ...change("MoodEntry", merged), base_updated_at: SECOND }],
    },
    status: 200,
    response: {
      server_cursor: AFTER_FIRST,
      head_cursor: AFTER_MERGE,
      applied_ids: [ENTRY],
      conflicts: [],
      server_time: SERVER_TIME,
    },
  },
  {
    name: "upload-rejected",
    method: "POST",
    path: "/v1/sync/upload",
    request: {
      device_id: PHONE,
      client_cursor: AFTER_EDIT,
      changes: [
        removal,
        {
          ...change("MoodEntry", {
            ...mood(REMOVED, { value: 6 }),
            id: "77777777-7777-4777-8777-777777777777",
          }),
        },
        {
          ...change("MoodEntry", {
            ...mood("2126-03-02T20:00:00.000Z"),
            id: "88888888-8888-4888-8888-888888888888",
          }),
        },
        {
          entity_type: "SleepEntry",
          id: "99999999-9999-4999-8999-999999999999",
          updated_at: REMOVED,
          deleted: false,
          data: { hours: 7.5 },
        },
      ],
    },
    status: 200,
    response: {
      server_cursor: AFTER_EDIT,
      head_cursor: HEAD,
      applied_ids: [ACTIVITY],
      conflicts: [
        {
          entity_type: "MoodEntry",
          id: "77777777-7777-4777-8777-777777777777",
          reason: "invalid",
          detail: "value must be a whole number from 1 to 5",
        },
        { entity_type: "MoodEntry", id: "88888888-8888-4888-8888-888888888888", reason: "clock_skew" },
        {
          entity_type: "SleepEntry",
          id: "99999999-9999-4999-8999-999999999999",
          reason: "unsupported_entity_type",
        },
      ],
      server_time: SERVER_TIME,
    },
  },
  {
    name: "download-page",
    method: "POST",
    path: "/v1/sync/download",
    request: { device_id: LAPTOP, since: AFTER_FIRST, seen: AFTER_MERGE, limit: 1 },
    status: 200,
    response: {
      server_cursor: AFTER_MERGE,
      changes: [change("MoodEntry", merged)],
      has_more: true,
      deletions_ahead: 1,
      server_time: SERVER_TIME,
    },
  },
  {
    name: "download-last-page",
    method: "POST",
    path: "/v1/sync/download",
    request: { device_id: LAPTOP, since: AFTER_MERGE, seen: AFTER_MERGE, limit: 1 },
    status: 200,
    response: {
      server_cursor: HEAD,
      changes: [removal],
      has_more: false,
      deletions_ahead: 1,
      server_time: SERVER_TIME,
    },
  },
  {
    name: "download-resync",
    method: "POST",
    path: "/v1/sync/download",
    request: { device_id: LAPTOP, since: FOREIGN },
    status: 409,
    response: problem(
      409,
      "Conflict",
      "resync_required",
      "The cursor is not of this server's past; sync again from an empty one.",
      { reason: "unknown_cursor" },
    ),
  },
  {
    name: "digest",
    method: "GET",
    path: "/v1/sync/digest",
    status: 200,
    response: {
      server_cursor: HEAD,
      entity_types: {
        Activity: { count: 0, checksum: "0000000000000000", tombstones: 1 },
        MoodEntry: { count: 1, checksum: contentHash(merged), tombstones: 0 },
        AssessmentEntry: { count: 0, checksum: "0000000000000000", tombstones: 0 },
        Schedule: { count: 0, checksum: "0000000000000000", tombstones: 0 },
      },
    },
  },
  {
    name: "history",
    method: "GET",
    path: `/v1/history/MoodEntry/${ENTRY}`,
    status: 200,
    response: {
      versions: [
        version(merged, LAPTOP, "current"),
        version(annotated, LAPTOP, "lost"),
        version(raised, PHONE, "replaced"),
        version(logged, LAPTOP, "replaced"),
      ],
    },
  },
  {
    name: "history-of-deleted",
    method: "GET",
    path: `/v1/history/Activity/${ACTIVITY}`,
    status: 200,
    response: {
      versions: [
        {
          ...removal,
          content_hash: tombstoneHash("Activity", ACTIVITY, REMOVED),
          device_id: PHONE,
          stored_at: SERVER_TIMESTAMP,
          outcome: "current",
        },
        {
          ...change("Activity", running),
          content_hash: contentHash(running),
          device_id: LAPTOP,
          stored_at: SERVER_TIMESTAMP,
          outcome: "replaced",
        },
      ],
    },
  },
  {
    name: "history-unknown",
    method: "GET",
    path: `/v1/history/Activity/${ENTRY}`,
    status: 404,
    response: problem(404, "Not Found", "not_found", "The account has no such entity."),
  },
  {
    name: "devices",
    method: "GET",
    path: "/v1/devices",
    status: 200,
    response: {
      devices: [
        { id: LAPTOP, label: "laptop", created_at: SERVER_TIMESTAMP, last_seen_at: SERVER_TIMESTAMP },
        { id: PHONE, label: null, created_at: SERVER_TIMESTAMP, last_seen_at: SERVER_TIMESTAMP },
      ],
    },
  },
  {
    name: "create-key",
    method: "POST",
    path: "/v1/auth/api-keys",
    request: { label: "phone" },
    status: 201,
    response: { id: SECOND_KEY, label: "phone", api_key: API_KEY },
  },
  {
    name: "list-keys",
    method: "GET",
    path: "/v1/auth/api-keys",
    status: 200,
    response: {
      api_keys: [
        {
          id: FIRST_KEY,
          label: null,
          created_at: SERVER_TIMESTAMP,
          revoked_at: null,
          last_used_at: SERVER_TIMESTAMP,
          is_current: true,
          made_by: null,
        },
        {
          id: SECOND_KEY,
          label: "phone",
          created_at: SERVER_TIMESTAMP,
          revoked_at: null,
          last_used_at: null,
          is_current: false,
          made_by: FIRST_KEY,
        },
      ],
    },
  },
  { name: "revoke-key", method: "DELETE", path: `/v1/auth/api-keys/${SECOND_KEY}`, status: 204 },
  {
    name: "malformed",
    method: "POST",
    path: "/v1/sync/upload",
    request: { device_id: "laptop", client_cursor: null, changes: [] },
    status: 400,
    response: problem(400, "Bad Request", "malformed", "device_id has the wrong form."),
  },
  {
    name: "unauthorized",
    method: "GET",
    path: "/v1/devices",
    isAnonymous: true,
    status: 401,
    response: problem(
      401,
      "Unauthorized",
      "unauthorized",
      "The API key is missing, malformed, wrong or revoked.",
    ),
  },
  { name: "delete-account", method: "DELETE", path: "/v1/account", status: 204 },
];
