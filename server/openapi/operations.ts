import type { ProblemCode } from "../../src/domain/protocol/error-code.ts";
import type { WireSchemaName } from "./schemas.ts";

/** What the OpenAPI document says of one route. */
export interface Operation {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  summary: string;
  /** Answers without a key. */
  isPublic?: true;
  request?: WireSchemaName;
  /** Optional parameters behind the `?`, each with what it is. */
  query?: Readonly<Record<string, string>>;
  success: { status: number; description: string; schema?: WireSchemaName };
  /** Problems beyond those that every route has. */
  problems: readonly ProblemCode[];
}

/** Every route, in the order of docs/protocol.md; a test compares it with what the server serves. */
export const OPERATIONS: readonly Operation[] = [
  {
    method: "POST",
    path: "/v1/sync/upload",
    summary: "Merge the changes of one device into the account.",
    request: "SyncUploadRequest",
    success: {
      status: 200,
      description: "What became of each change, and where the account now stands.",
      schema: "SyncUploadResponse",
    },
    problems: ["resync_required", "quota_exceeded"],
  },
  {
    method: "POST",
    path: "/v1/sync/download",
    summary: "Read what came after a cursor.",
    request: "SyncDownloadRequest",
    success: {
      status: 200,
      description: "One page of changes in the server's order.",
      schema: "SyncDownloadResponse",
    },
    problems: ["resync_required", "quota_exceeded"],
  },
  {
    method: "GET",
    path: "/v1/sync/digest",
    summary: "Counts and checksums of everything that stands.",
    success: { status: 200, description: "The digest per entity type.", schema: "SyncDigestResponse" },
    problems: [],
  },
  {
    method: "GET",
    path: "/v1/history/{entity_type}/{id}",
    summary: "All versions of one entity, newest first, page by page.",
    query: { after: "`next` of the answer before, for the versions that follow it." },
    success: {
      status: 200,
      description:
        "The version that stands, those that it replaced, and those that lost; `next` when more follow.",
      schema: "EntityVersionsResponse",
    },
    problems: ["not_found", "malformed"],
  },
  {
    method: "GET",
    path: "/v1/devices",
    summary: "The devices of the account, oldest first.",
    success: { status: 200, description: "All devices.", schema: "DeviceListResponse" },
    problems: [],
  },
  {
    method: "PUT",
    path: "/v1/devices/{id}",
    summary: "Register a device, or give it another label.",
    request: "DeviceLabelRequest",
    success: { status: 200, description: "The device.", schema: "RegisteredDevice" },
    problems: ["quota_exceeded"],
  },
  {
    method: "GET",
    path: "/v1/auth/api-keys",
    summary: "The API keys of the account, oldest first, without the keys themselves.",
    success: { status: 200, description: "All keys, revoked ones too.", schema: "ApiKeyListResponse" },
    problems: [],
  },
  {
    method: "POST",
    path: "/v1/auth/api-keys",
    summary: "Make another API key.",
    request: "NewApiKeyRequest",
    success: {
      status: 201,
      description: "The new key, which is shown only this once.",
      schema: "NewApiKeyResponse",
    },
    problems: ["quota_exceeded"],
  },
  {
    method: "DELETE",
    path: "/v1/auth/api-keys/{id}",
    summary: "Revoke an API key for good.",
    success: {
      status: 204,
      description: "The key is revoked, and all that were made with it; it may be the one of this request.",
    },
    problems: ["not_found", "forbidden"],
  },
  {
    method: "GET",
    path: "/health",
    summary: "Whether the server runs. Asks no database.",
    isPublic: true,
    success: { status: 200, description: "It runs.", schema: "Status" },
    problems: [],
  },
  {
    method: "GET",
    path: "/ready",
    summary: "Whether the server can work: its database answers and has the right schema.",
    isPublic: true,
    success: { status: 200, description: "It can.", schema: "Status" },
    problems: ["unavailable"],
  },
  {
    method: "GET",
    path: "/openapi.json",
    summary: "This document.",
    isPublic: true,
    success: { status: 200, description: "An OpenAPI 3.1 document." },
    problems: [],
  },
];

/** What any route with a key, and any with a body, can answer. */
const PROBLEMS_WITH_KEY: readonly ProblemCode[] = ["unauthorized", "rate_limited", "unavailable"];
const PROBLEMS_WITH_BODY: readonly ProblemCode[] = [
  "malformed",
  "request_timeout",
  "too_large",
  "unsupported_media_type",
];

/** All problems that an operation can answer with. */
export function problemsOf({ isPublic, request, problems }: Operation): ProblemCode[] {
  return [
    ...(request ? PROBLEMS_WITH_BODY : []),
    ...(isPublic ? [] : PROBLEMS_WITH_KEY),
    ...problems,
    "headers_too_large",
    "internal",
  ];
}
