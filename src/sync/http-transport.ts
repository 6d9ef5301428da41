import type { z } from "zod";
import { SyncDownloadResponse } from "../domain/download.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { SyncUploadResponse } from "../domain/upload.ts";
import { AnswerTooLarge, type HttpClient, type ServerAnswer, type ServerRequest } from "./http-client.ts";
import type { Answer, SyncTransport } from "./transport.ts";

/** The two transactions over HTTP. */
export function createHttpTransport(client: HttpClient): SyncTransport {
  async function post<T>(path: string, body: unknown, schema: z.ZodType): Promise<Answer<T>> {
    const answer = await client.send({ method: "POST", path, body });
    if (answer.status === 413) return { status: "too_large" };
    if (answer.status === 409) return { status: "resync_required", reason: resyncReason(answer) };
    return { status: "ok", response: readAnswer(answer, schema) as T };
  }

  return {
    async upload(request) {
      try {
        return await post("/v1/sync/upload", request, SyncUploadResponse);
      } catch (error) {
        // Every conflict carries the version that stands: fewer changes get a shorter answer.
        if (error instanceof AnswerTooLarge && request.changes.length > 1) return { status: "too_large" };
        throw error;
      }
    },
    download: (request) => post("/v1/sync/download", request, SyncDownloadResponse),
  };
}

/** Sends one request of another route and checks its answer. */
export async function sendChecked<T>(
  client: HttpClient,
  request: ServerRequest,
  schema: z.ZodType<T>,
): Promise<T> {
  return readAnswer(await client.send(request), schema);
}

/** The checked body of a success; every other answer becomes one sentence. */
export function readAnswer<T>({ status, body }: ServerAnswer, schema: z.ZodType<T>): T {
  if (status === 200 || status === 201 || status === 204) {
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw notAServer();
  }
  if (status === 401 || status === 403) {
    throw new MoodsyncError(
      "unauthorized",
      "The server does not accept this API key: it is wrong or was revoked.",
      {
        hint: "Get a new key from whoever runs the server, then `moodsync sync enable` again.",
      },
    );
  }
  if (status >= 500) throw new MoodsyncError("failure", "The server failed; its log says why.");
  if (problemCode(body) === undefined) throw notAServer();
  if (status === 404) throw new MoodsyncError("not_found", "The server does not know that.");
  throw new MoodsyncError("failure", "The server could not read what this version of moodsync sends.", {
    hint: "Update moodsync here and on the server.",
  });
}

function resyncReason({ body }: ServerAnswer): "unknown_cursor" | "cursor_expired" {
  if (problemCode(body) !== "resync_required") throw notAServer();
  return (body as { reason?: unknown }).reason === "cursor_expired" ? "cursor_expired" : "unknown_cursor";
}

function problemCode(body: unknown): unknown {
  return typeof body === "object" && body !== null ? (body as { code?: unknown }).code : undefined;
}

function notAServer(): MoodsyncError {
  return new MoodsyncError(
    "failure",
    "What answers at this URL is not a moodsync server; nothing was stored.",
    {
      hint: "Check the URL, and that a proxy before the server passes everything on.",
    },
  );
}
