import * as z from "zod";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { Account } from "../device.ts";
import { readAnswer, readProblem } from "../http/answer-meaning.ts";
import type { HttpClient } from "../http/http-client.ts";
import { withAccountClient } from "../open-session.ts";

/** Deletes the account on the server for good, with what all its devices have stored there. Throws what a question to the
 *  server throws, and `failure` for a key that another one made, and for a server that does not know how. */
export async function deleteAccount(account: Account): Promise<void> {
  await withAccountClient(account, async (client) => {
    const answer = await client.send({ method: "DELETE", path: "/v1/account" });
    const code = readProblem(answer)?.code;
    if (code === "forbidden") throw mayNotDelete();
    // The first attempt did it, and only its answer was lost.
    if (answer.isRepeated && code === "unauthorized") return;
    readAnswer(answer, z.undefined(), cannotDelete);
    await confirmDeleted(client);
  });
}

/** A success without a body could be anybody's. */
async function confirmDeleted(client: HttpClient): Promise<void> {
  const answer = await client.send({ method: "GET", path: "/v1/auth/api-keys" });
  if (readProblem(answer)?.code === "unauthorized") return;
  throw new MoodsyncError(
    "unreachable",
    "The account is still there: something answered in the server's place.",
    {
      hint: "Nothing was deleted here. Try again from another network.",
    },
  );
}

function mayNotDelete(): MoodsyncError {
  return new MoodsyncError("failure", "This device's key may not delete the account; nothing was deleted.", {
    hint: "A key that was made on the server can; one that another device made cannot. Whoever runs the server can delete the account, too.",
  });
}

function cannotDelete(): MoodsyncError {
  return new MoodsyncError("failure", "The server is too old to delete an account; nothing was deleted.", {
    hint: "Whoever runs the server can update it, or delete the account.",
  });
}
