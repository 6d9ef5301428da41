import type * as z from "zod";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { PROBLEM_STATUS, type ProblemCode } from "../../domain/protocol/error-code.ts";
import { ProblemBody } from "../../domain/protocol/problem-body.ts";
import { GenerationChanged, type SealingInfo } from "../../domain/protocol/sealing-info.ts";
import { sealedAccount, sealingRefused } from "../sealed/sealing-errors.ts";
import { PROXY_SIGN_IN } from "./connection-failure.ts";
import type { ServerAnswer } from "./http-client.ts";

/** The account takes all that its server allows it of data, keys or devices; nothing of the request was done. */
export class QuotaExceeded extends MoodsyncError {
  constructor() {
    super("failure", "The server has no more room for this account; new changes wait here.", {
      hint: "Nothing is lost. Ask whoever runs the server to raise its quotas (`moodsync serve --help`); the next sync goes on.",
    });
  }
}

/** The account is of another generation than this device is pinned to: it was founded anew, or the server went back. */
export class OtherGeneration extends MoodsyncError {
  constructor(readonly sealing: SealingInfo) {
    super(
      "failure",
      "The server holds another generation of this account than this device; nothing was stored.",
      {
        hint: "`moodsync sync` goes on from there.",
      },
    );
  }
}

type Answered = Pick<ServerAnswer, "status" | "body">;

/** What the server says went wrong. */
interface ServerProblem {
  /** A code of a later server is none that this version knows. */
  code: ProblemCode | (string & {});
  /** Beside `resync_required`. */
  reason: string | undefined;
}

/** The server's own word on a request that did not succeed. Null for every other answer: a proxy, a firewall or the
 *  sign-in page of a network gives the same statuses for reasons of its own, and only the body tells them apart. */
export function readProblem({ status, body }: Answered): ServerProblem | null {
  const parsed = ProblemBody.safeParse(body);
  if (!parsed.success || parsed.data.status !== status) return null;
  const { code, reason } = parsed.data;
  const known = Object.hasOwn(PROBLEM_STATUS, code) ? PROBLEM_STATUS[code as ProblemCode] : status;
  return known === status ? { code, reason } : null;
}

/** The checked body of a success. Every other answer is thrown as one sentence: `unreachable` where it is not the
 *  server's, so that it is tried again later. `notFound`: what a 404 of the server means to this request. */
export function readAnswer<T>(answer: Answered, schema: z.ZodType<T>, notFound?: () => MoodsyncError): T {
  const { status, body } = answer;
  if (status === 200 || status === 201 || status === 204) {
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw otherAnswer(status);
  }
  throw notFound && readProblem(answer)?.code === "not_found" ? notFound() : answerError(answer);
}

/** What an answer that is no success says: `unreachable` where it is not the server's, or says "later". */
export function answerError(answer: Answered): MoodsyncError {
  const problem = readProblem(answer);
  if (problem?.code === "generation_changed") {
    const changed = GenerationChanged.safeParse(answer.body);
    if (changed.success) return new OtherGeneration(changed.data.sealing);
  }
  return problem ? problemError(problem) : otherAnswer(answer.status);
}

function problemError({ code }: ServerProblem): MoodsyncError {
  switch (code) {
    case "unauthorized":
      return new MoodsyncError(
        "unauthorized",
        "The server does not accept this API key: it is wrong or was revoked, or its account was deleted.",
        {
          hint: "What is on this device stays. Get a new key from whoever runs the server, then `moodsync sync enable` again.",
        },
      );
    case "not_found":
      return new MoodsyncError("failure", "A moodsync server answers, but not at the path of this URL.", {
        hint: "Check what follows the server's name in the URL; usually nothing does.",
      });
    case "forbidden":
      return new MoodsyncError("failure", "This device's key may not do that; nothing was changed.", {
        hint: "A key can revoke only itself and the keys made with it; whoever runs the server can revoke any (`moodsync admin key revoke`).",
      });
    case "sealed_account":
      return sealedAccount();
    case "sealing_refused":
      return sealingRefused();
    case "quota_exceeded":
      return new QuotaExceeded();
    case "rate_limited":
      return unreachable("The server is getting too many requests from here.");
    case "unavailable":
      return unreachable("The server cannot answer at the moment.");
    case "internal":
      return new MoodsyncError("failure", "The server failed; its log says why.");
    default:
      return new MoodsyncError("failure", "The server could not read what this version of moodsync sends.", {
        hint: "Update moodsync here and on the server.",
      });
  }
}

/** An answer that is not the server's, whoever gave it. */
function otherAnswer(status: number): MoodsyncError {
  if (status >= 200 && status < 300) {
    return unreachable(
      "What answers at this URL is not a moodsync server; nothing was stored.",
      "It may be the sign-in page of a network, or a proxy before the server. Else check the URL.",
    );
  }
  if (status >= 300 && status < 400) {
    return unreachable(
      `What answers at this URL redirects elsewhere (${named(status)}), and moodsync does not follow.`,
      "It may be the sign-in page of a network. Else give the URL that it leads to, with https://.",
    );
  }
  switch (status) {
    case 404:
    case 405:
    case 410:
      return unreachable(
        `What answers at this URL has no moodsync server at that path (${named(status)}).`,
        "Check what follows the name of the server in the URL, and what a proxy before the server passes on.",
      );
    case 407:
      return unreachable("A proxy on the way asks for a name and a password (407).", PROXY_SIGN_IN);
    case 511:
      return unreachable(
        "This network wants you to sign in first (511).",
        "Open any web page in a browser, then sync again.",
      );
  }
  return unreachable(
    `Something between here and the server answered in its place (${named(status)}).`,
    "A proxy or a firewall does that. Everything is kept here; try again later.",
  );
}

/** "403 Forbidden". Whoever asks no server does without Node's HTTP. */
function named(status: number): string {
  const { STATUS_CODES } = process.getBuiltinModule("node:http");
  return `${status} ${STATUS_CODES[status] ?? ""}`.trim();
}

function unreachable(message: string, hint = "Everything is kept here; try again later."): MoodsyncError {
  return new MoodsyncError("unreachable", message, { hint });
}
