import type * as z from "zod";
import type { MoodsyncError } from "../../domain/moodsync-error.ts";
import { SyncDownloadResponse } from "../../domain/protocol/download.ts";
import { SealedDownloadResponse, SealedUploadResponse } from "../../domain/protocol/sealed-change.ts";
import { SyncUploadResponse } from "../../domain/protocol/upload.ts";
import type { Answer, OnSent, SyncTransport } from "../exchange/transport.ts";
import type { SealedExchange } from "../sealed/sealed-transport.ts";
import { answerError, readAnswer, readProblem } from "./answer-meaning.ts";
import { AnswerTooLarge, BrokenOff } from "./connection-failure.ts";
import type { HttpClient, ServerRequest } from "./http-client.ts";

const SMALL_PAGE_BYTES = 8 * 1024;

/** The two transactions over HTTP. */
export function createHttpTransport(client: HttpClient): SyncTransport {
  return createExchange(client, {
    path: "/v1/sync",
    UploadResponse: SyncUploadResponse as z.ZodType<SyncUploadResponse>,
    DownloadResponse: SyncDownloadResponse as z.ZodType<SyncDownloadResponse>,
  });
}

/** Those of a sealed account. Throws `GenerationChanged` where its data was founded anew. */
export function createSealedHttpExchange(client: HttpClient): SealedExchange {
  return createExchange(client, {
    path: "/v1/sealed",
    isSealed: true,
    UploadResponse: SealedUploadResponse as z.ZodType<SealedUploadResponse>,
    DownloadResponse: SealedDownloadResponse as z.ZodType<SealedDownloadResponse>,
  });
}

function createExchange<Up, Down>(
  client: HttpClient,
  {
    path,
    isSealed = false,
    UploadResponse,
    DownloadResponse,
  }: {
    path: string;
    isSealed?: boolean;
    UploadResponse: z.ZodType<Up>;
    DownloadResponse: z.ZodType<Down>;
  },
) {
  async function post<T>(
    path: string,
    { body, onSent }: { body: unknown; onSent: OnSent | undefined },
    schema: z.ZodType<T>,
  ): Promise<Answer<T>> {
    const answer = await client.send({ method: "POST", path, body, isSealed, onSent });
    const problem = readProblem(answer);
    if (problem?.code === "too_large") return { status: "too_large" };
    if (problem?.code === "resync_required") {
      return {
        status: "resync_required",
        reason: problem.reason === "cursor_expired" ? "cursor_expired" : "unknown_cursor",
      };
    }
    if (answer.status === 413) return { status: "stopped_on_the_way", error: answerError(answer) };
    return { status: "ok", response: readAnswer(answer, schema) };
  }

  return {
    async upload(body: { changes: readonly unknown[] }, onSent?: OnSent): Promise<Answer<Up>> {
      try {
        return await post(`${path}/upload`, { body, onSent }, UploadResponse);
      } catch (error) {
        // Every conflict carries the version that stands: fewer changes get a shorter answer.
        if (error instanceof AnswerTooLarge && body.changes.length > 1) return { status: "too_large" };
        if (error instanceof BrokenOff) return { status: "broken_off", error };
        throw error;
      }
    },
    async download(body: object, onSent?: OnSent): Promise<Answer<Down>> {
      try {
        return await post(`${path}/download`, { body, onSent }, DownloadResponse);
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
