import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { changeKey } from "../../domain/protocol/change-key.ts";
import type { ConflictInfo } from "../../domain/protocol/conflict.ts";
import type {
  SealedChange,
  SealedConflict,
  SealedDownloadRequest,
  SealedDownloadResponse,
  SealedUploadRequest,
  SealedUploadResponse,
} from "../../domain/protocol/sealed-change.ts";
import type { SyncChange } from "../../domain/protocol/sync-change.ts";
import { isUnreadable } from "../../domain/protocol/unreadable-change.ts";
import { openChange } from "../../sealing/open-change.ts";
import { sealChange } from "../../sealing/seal-change.ts";
import type { SealingKeys } from "../../sealing/sealing-keys.ts";
import type { Answer, OnSent, SyncTransport } from "../exchange/transport.ts";

/** The two transactions of a sealed account as they go over the wire. */
export interface SealedExchange {
  upload(request: SealedUploadRequest, onSent?: OnSent): Promise<Answer<SealedUploadResponse>>;
  download(request: SealedDownloadRequest, onSent?: OnSent): Promise<Answer<SealedDownloadResponse>>;
}

/** What the JSON of a sealed change takes beside its envelope, at most: the names of its five fields, an id and two times. */
const BESIDE_ENVELOPE_BYTES = 160;

/** Seals what a sync sends and opens what it gets: nothing beside this knows that the account is sealed. Throws a `failure`
 *  for an answer that no server gives of a sealed account. */
export function createSealedTransport(exchange: SealedExchange, keys: SealingKeys): SyncTransport {
  /** Since the last upload. A WeakMap would keep what is sent until the next full collection. */
  let prepared = new Map<SyncChange, SealedChange>();
  const asked = { generation: keys.generation, key_id: keys.keyId };

  function measure(change: SyncChange): number | null {
    const sealed = sealChange(keys, change);
    if (!sealed) return null;
    prepared.set(change, sealed);
    return BESIDE_ENVELOPE_BYTES + sealed.envelope.length;
  }

  return {
    measure,
    reopen(change) {
      if (!isUnreadable(change)) return change;
      const { id, updated_at, deleted, data } = change;
      return openChange(keys, { id, updated_at, deleted, envelope: data.envelope });
    },
    async upload({ changes, ...request }, onSent) {
      const sentById = new Map<string, { change: SyncChange; sealed: SealedChange }>();
      const ready = prepared;
      prepared = new Map();
      for (const change of changes) {
        const sealed = ready.get(change) ?? sealChange(keys, change);
        // What could not be opened of an entity that is sent as well gives way to it, and goes again where it does not.
        if (sealed && !sentById.has(sealed.id)) sentById.set(sealed.id, { change, sealed });
      }
      const sealed = [...sentById.values()].map(({ sealed }) => sealed);
      const answer = await exchange.upload({ ...request, ...asked, changes: sealed }, onSent);
      if (answer.status !== "ok") return accepted(answer);
      const { response } = answer;
      requireGeneration(response, keys);
      const sentAs = (id: string) => sentById.get(id)?.change ?? throwNotSent();
      const { generation: _, ...rest } = response;
      return {
        status: "ok",
        response: {
          ...rest,
          applied_ids: response.applied_ids.map((id) => sentAs(id).id),
          conflicts: response.conflicts.map((conflict) => openConflict(keys, conflict, sentAs(conflict.id))),
          opened_ids: response.applied_ids.filter((id) => !isUnreadable(sentAs(id))),
        },
      };
    },
    async download(request, onSent) {
      const answer = await exchange.download({ ...request, ...asked }, onSent);
      if (answer.status !== "ok") return accepted(answer);
      const { response } = answer;
      requireGeneration(response, keys);
      const { generation: _, ...rest } = response;
      const changes = response.changes.map((sealed) => openChange(keys, sealed));
      const openedIds = response.changes.map(({ id }) => id).filter((_, at) => !isUnreadable(changes[at]!));
      return { status: "ok", response: { ...rest, changes, opened_ids: openedIds } };
    },
  };
}

/** The version that stands is shown only where it opens as the entity that was sent. */
function openConflict(
  keys: SealingKeys,
  { server_change, ...conflict }: SealedConflict,
  sent: SyncChange,
): ConflictInfo {
  const { entity_type, id } = sent;
  const standing = server_change && openChange(keys, server_change);
  const isShown = standing !== undefined && changeKey(standing) === changeKey(sent);
  return { ...conflict, entity_type, id, ...(isShown ? { server_change: standing } : {}) };
}

/** Tombstones of a sealed account are never purged, so no server has a reason to let a device delete what it did not send. */
function accepted<A extends Exclude<Answer<never>, { status: "ok" }>>(answer: A): A {
  if (answer.status !== "resync_required" || answer.reason !== "cursor_expired") return answer;
  throw impossible("The server says that it forgot deletions, which it never does in a sealed account.");
}

function requireGeneration({ generation }: { generation: number }, keys: SealingKeys): void {
  if (generation === keys.generation) return;
  throw impossible(
    "The server answered of other data of this account than was asked for; nothing was stored.",
  );
}

function throwNotSent(): never {
  throw impossible("The server answered for an entry that it was not sent; nothing of it was stored.");
}

function impossible(message: string): MoodsyncError {
  return new MoodsyncError("failure", message, {
    hint: "Nothing is lost. If it comes again, ask whoever runs the server.",
  });
}
