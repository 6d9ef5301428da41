import type { z } from "zod";
import type { MoodsyncError } from "../../domain/moodsync-error.ts";
import { SyncDownloadResponse } from "../../domain/protocol/download.ts";
import { SyncUploadResponse } from "../../domain/protocol/upload.ts";
import type { Answer, SyncTransport } from "../exchange/transport.ts";
import { answerError, readAnswer, readProblem } from "./answer-meaning.ts";
import { AnswerTooLarge, BrokenOff } from "./connection-failure.ts";
import type { HttpClient, ServerRequest } from "./http-client.ts";

const SMALL_PAGE_BYTES = 8 * 1024;

/** The two transactions over HTTP. */
export function createHttpTransport(client: HttpClient): SyncTransport {
  async function post<T>(path: string, body: unknown, schema: z.ZodType): Promise<Answer<T>> {
    const answer = await client.send({ method: "POST", path, body });
    const problem = readProblem(answer);
    if (problem?.code === "too_large") return { status: "too_large" };
    if (problem?.code === "resync_required") {
      return {
        status: "resync_required",
        reason: problem.reason === "cursor_expired" ? "cursor_expired" : "unknown_cursor",
      };
    }
    if (answer.status === 413) return { status: "stopped_on_the_way", error: answerError(answer) };
    return { status: "ok", response: readAnswer(answer, schema) as T };
  }

  return {
    async upload(request) {
      try {
        return await post("/v1/sync/upload", request, SyncUploadResponse);
      } catch (error) {
        // Every conflict carries the version that stands: fewer changes get a shorter answer.
        if (error instanceof AnswerTooLarge && request.changes.length > 1) return { status: "too_large" };
        if (error instanceof BrokenOff) return { status: "broken_off", error };
        throw error;
      }
    },
    async download(request) {
      try {
        return await post("/v1/sync/download", request, SyncDownloadResponse);
      } catch (error) {
        // A page of which little or nothing came was not too long.
        if (error instanceof BrokenOff && error.receivedBytes > SMALL_PAGE_BYTES)
          return { status: "broken_off", error };
        throw error;
      }
    },
  };
}

/** Sends one request of another route and checks its answer. `notFound`: what a 404 of the server means to it. */
export async function sendChecked<T>(
  client: HttpClient,
  request: ServerRequest,
  schema: z.ZodType<T>,
  notFound?: () => MoodsyncError,
): Promise<T> {
  return readAnswer(await client.send(request), schema, notFound);
}
