import { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { SyncConfig } from "../../local/sync-state/sync-config.ts";

/** There is no key on this device. */
export function sealedAccount(taker = "`moodsync sync key enter`"): MoodsyncError {
  return new MoodsyncError(
    "sealed_account",
    "This account is sealed, and there is no sealing key on this device.",
    { hint: `${taker} takes it; another device shows it with \`moodsync sync key show\`.` },
  );
}

/** A right form, but of another account or generation. */
export function wrongSealingKey(): MoodsyncError {
  return new MoodsyncError(
    "wrong_sealing_key",
    "This is not the sealing key of this account; nothing was sent.",
    { hint: "Another device shows it with `moodsync sync key show`." },
  );
}

export function keyChanged(foundedAt: string | null): MoodsyncError {
  const when = foundedAt === null ? "" : ` on ${foundedAt.slice(0, 10)}`;
  return new MoodsyncError(
    "wrong_sealing_key",
    `The account's sealing key was changed on another device${when}; nothing was sent.`,
    { hint: "`moodsync sync key enter` takes the new one." },
  );
}

export function unsealed(follower = "`moodsync sync unseal` follows here"): MoodsyncError {
  return new MoodsyncError(
    "unsealed",
    "The account is no longer sealed, says the server. Nothing was sent.",
    {
      hint: `If you did that, ${follower}.`,
    },
  );
}

export function laterFormat(): MoodsyncError {
  return new MoodsyncError("failure", "The account is sealed in a form of a later version of moodsync.", {
    hint: "Update moodsync here.",
  });
}

export function badRecord(): MoodsyncError {
  return new MoodsyncError(
    "failure",
    "The server's record of who sealed this account was not made with its key; nothing was sent.",
    { hint: "Ask whoever runs the server." },
  );
}

/** The server is older than the account's generation. */
export function wentBack(): MoodsyncError {
  return new MoodsyncError(
    "failure",
    "The server went back to before this account was sealed; nothing was sent.",
    {
      hint: "`moodsync sync seal --again` seals it again with the same key, and keeps what only the server has unread.",
    },
  );
}

/** A server that knows nothing of sealing. */
export function serverTooOld(): MoodsyncError {
  return new MoodsyncError("failure", "This server cannot keep sealed accounts; nothing was sent.", {
    hint: "Ask whoever runs it to update moodsync there.",
  });
}

/** A server whose operator wants to read the account. */
/** By another device, or by a command of this one that was cut off. */
export function sealedMeanwhile(): MoodsyncError {
  return new MoodsyncError("failure", "This account is sealed by now; nothing was changed.", {
    hint: "`moodsync sync` goes on from there.",
  });
}

export function sealingRefused(): MoodsyncError {
  return new MoodsyncError("failure", "The operator of this server keeps this account readable.", {
    hint: "Nothing was changed. Ask them, or use another server.",
  });
}

/** A sealing key was given for an account that needs none. */
export function accountIsPlain(sealer = "`--sealed` seals it with this key"): MoodsyncError {
  return new MoodsyncError(
    "wrong_sealing_key",
    "A sealing key was given, but the account is not sealed, says the server; nothing was sent.",
    { hint: `${sealer}; without a key it is read by whoever runs the server.` },
  );
}

/** A device of a sealed account that is to be joined with one that its server reads. */
export function leavesSealing(): MoodsyncError {
  return new MoodsyncError(
    "unsealed",
    "The data here was sealed, and this account is not: whoever runs the server could read all of it. Nothing was sent.",
    { hint: "`--sealed` seals the account first; `--plain` says that it may be read." },
  );
}

/** An account cannot be unsealed while what it held before its last founding is kept. `founding`: of this device, which
 *  removes that by itself where it fills the account. */
export function retiredFirst(founding: SyncConfig["founding"]): MoodsyncError {
  const remover = founding === "filling" ? "`moodsync sync`" : "`moodsync sync seal --finish`";
  return new MoodsyncError(
    "failure",
    "The server still holds what the account was before; nothing was changed.",
    { hint: `${remover} removes it, then try again.` },
  );
}

/** A key that is changed has to be stored, and what is in the environment goes before that. */
export function keyInEnvironment(): MoodsyncError {
  return new MoodsyncError(
    "invalid_input",
    "The sealing key comes from MOODSYNC_SEALING_KEY; nothing was changed.",
    {
      hint: "Take it out of the environment, and keep it here with `moodsync sync key enter`.",
    },
  );
}
