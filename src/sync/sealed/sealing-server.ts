import * as z from "zod";
import { SyncDigestResponse } from "../../domain/protocol/digest.ts";
import { SealedDigestResponse } from "../../domain/protocol/sealed-change.ts";
import { type FoundingRequest, SealingInfo } from "../../domain/protocol/sealing-info.ts";
import { OtherGeneration, readAnswer, readProblem } from "../http/answer-meaning.ts";
import type { HttpClient } from "../http/http-client.ts";
import { sendChecked } from "../http/http-transport.ts";

/** What came of asking for a founding. `changed`: another device founded first. `not_at_head`: something is to be downloaded
 *  before. `holds_retired`: what an earlier founding left is to be removed before the account is unsealed. */
export type FoundingAnswer =
  | { status: "founded" | "changed"; info: SealingInfo }
  | { status: "not_at_head" }
  | { status: "holds_retired" };

/** What a server is asked about an account beside the exchange of its data. */
export interface SealingServer {
  /** Null: an older server, which cannot keep sealed accounts. */
  readInfo(): Promise<SealingInfo | null>;
  found(request: FoundingRequest): Promise<FoundingAnswer>;
  /** Removes what is left of every generation but this one. */
  removeRetired(generation: number): Promise<void>;
  readSealedDigest(): Promise<SealedDigestResponse>;
  readPlainDigest(): Promise<SyncDigestResponse>;
}

/** The same over HTTP. Throws `OtherGeneration` where the account is not of the kind that is asked for. */
export function createSealingServer(client: HttpClient): SealingServer {
  return {
    async readInfo() {
      const answer = await client.send({ method: "GET", path: "/v1/sealing" });
      return readProblem(answer)?.code === "not_found" ? null : readAnswer(answer, Info);
    },
    async found(request) {
      const answer = await client.send({ method: "PUT", path: "/v1/sealing", body: request });
      const code = readProblem(answer)?.code;
      if (code === "not_at_head") return { status: "not_at_head" };
      if (code === "sealing_refused" && request.key_id === null) return { status: "holds_retired" };
      try {
        return { status: "founded", info: readAnswer(answer, Info) };
      } catch (error) {
        if (error instanceof OtherGeneration) return { status: "changed", info: error.sealing };
        throw error;
      }
    },
    async removeRetired(generation) {
      const path = `/v1/sealing/retired?generation=${generation}`;
      readAnswer(await client.send({ method: "DELETE", path }), z.undefined());
    },
    readSealedDigest: () => sendChecked(client, { method: "GET", path: "/v1/sealed/digest" }, SealedDigest),
    readPlainDigest: () => sendChecked(client, { method: "GET", path: "/v1/sync/digest" }, PlainDigest),
  };
}

const Info = SealingInfo as z.ZodType<SealingInfo>;
const SealedDigest = SealedDigestResponse as z.ZodType<SealedDigestResponse>;
const PlainDigest = SyncDigestResponse as z.ZodType<SyncDigestResponse>;
