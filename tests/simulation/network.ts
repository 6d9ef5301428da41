import { setImmediate } from "node:timers/promises";
import type { SyncDownloadRequest } from "../../src/domain/protocol/download.ts";
import type { SealedChange } from "../../src/domain/protocol/sealed-change.ts";
import type { SyncChange } from "../../src/domain/protocol/sync-change.ts";
import type { SyncUploadRequest } from "../../src/domain/protocol/upload.ts";
import type { Answer, OnSent, SyncTransport } from "../../src/sync/exchange/transport.ts";
import { isPinned, type SimulatedDevice } from "./device.ts";
import { tamperWith } from "./hostile.ts";
import type { Fault, Step } from "./schedule.ts";
import { checkBlind, checkBound } from "./sealing.ts";
import { BrokenPromise, hasLostServer, type SentUpload, type World } from "./world.ts";

/** A request that got no answer, for whatever reason. */
export class NoAnswer extends Error {}

/** Thrown each time: to make one with its stack takes longer than to answer. */
const NO_ANSWER = new NoAnswer();

/** More requests than any sync of a run can need. */
export class Endless extends Error {}

const MAX_REQUESTS = 150;

/** What lies between one sync of a device and the server. */
export function createNetwork(
  world: World,
  device: SimulatedDevice,
  faults: readonly Fault[],
  perform: (steps: readonly Step[]) => Promise<void>,
): SyncTransport & { settled(): Promise<unknown>; ask<T>(what: () => T | Promise<T>): Promise<T> } {
  const { server, late, sent, sealing } = world;
  const { userId, product } = device;
  const keys = world.schedule.hostile ? null : sealing.keysOf(userId);
  let count = 0;
  const requests: Promise<unknown>[] = [];

  async function exchange<T>(
    deliver: () => Promise<Answer<T>>,
    upload: SyncUploadRequest | null,
  ): Promise<Answer<T>> {
    const at = count++;
    device.requests++;
    if (count > MAX_REQUESTS) throw new Endless();
    if (upload) {
      sent.push({ userId, request: upload });
      if (!hasLostServer(world) && !world.schedule.hostile) upload.changes.forEach(checkAboveBase);
      if ("generation" in upload) {
        for (const change of upload.changes as unknown as SealedChange[]) {
          checkBlind(change);
          if (keys) checkBound(product, keys, change);
        }
      } else if (isPinned(device)) throw new BrokenPromise("a pinned device sent what can be read");
    }
    const own = faults.length === 0 ? faults : faults.filter((fault) => fault.at === at);
    if (own.length === 0) return deliver();
    const has = (kind: Fault["kind"]) => own.some((fault) => fault.kind === kind);
    const elsewhere = async (kind: Fault["kind"]) => {
      for (const fault of own) if (fault.kind === kind && "steps" in fault) await perform(fault.steps);
    };

    await elsewhere("before_arrival");
    if (has("lose_request")) throw NO_ANSWER;
    if (upload && has("too_large") && upload.changes.length > 1) return { status: "too_large" };
    if (upload && has("arrive_late")) {
      late.push({ userId, request: upload });
      throw NO_ANSWER;
    }
    if (has("arrive_twice")) await deliver();
    if (has("while_deciding")) server.meanwhile(() => elsewhere("while_deciding"));
    const answer = await deliver();
    server.meanwhile(null);
    if (upload && has("arrive_again_late")) late.push({ userId, request: upload });
    if (has("before_answer")) {
      await setImmediate(); // the device has done by now what it does while it waits
      await elsewhere("before_answer");
    }
    if (has("lose_answer")) throw NO_ANSWER;
    const tampering = own.find((fault) => fault.kind === "tamper");
    if (!tampering) return answer;
    const known = sent.filter((request) => request.userId === userId).flatMap(changesOf);
    const sentNow = upload ? changesOf({ userId, request: upload }) : [];
    const sealElsewhere = sealing.sealElsewhere.bind(null, userId);
    return tamperWith(answer as Answer<never>, tampering.how, { sent: sentNow, known, sealElsewhere });
  }

  function send<T>(
    deliver: () => Promise<Answer<T>>,
    upload: SyncUploadRequest | null,
    onSent?: OnSent,
  ): Promise<Answer<T>> {
    const answering = exchange(deliver, upload);
    requests.push(answering);
    onSent?.();
    return answering;
  }

  return {
    upload: (request, onSent) => send(() => upload(world, device, request), request, onSent),
    download: (request, onSent) => send(() => download(world, device, request), null, onSent),
    async ask<T>(what: () => T | Promise<T>) {
      const deliver = async (): Promise<Answer<T>> => ({ status: "ok", response: await what() });
      const answer = await send(deliver, null);
      return answer.status === "ok" ? answer.response : throwNoAnswer();
    },
    // What a device that died had sent is on its way all the same.
    settled: () => Promise.allSettled(requests),
  };
}

function changesOf({ request }: SentUpload): SealedChange[] {
  return request.changes as unknown as SealedChange[];
}

/** What a user just did goes above what they saw, unless a server that was lost finds that too far ahead. Equal to
 *  its base is what a resync offers again. */
function checkAboveBase({ base_updated_at: base, updated_at: own }: SyncChange): void {
  if (base && own < base) throw new BrokenPromise("an edit is below its base");
}

function throwNoAnswer(): never {
  throw NO_ANSWER;
}

async function upload(
  { server }: World,
  { userId, product }: SimulatedDevice,
  request: SyncUploadRequest,
): Promise<Answer<never>> {
  const outcome = await server.upload(userId, request);
  if (outcome.status === "contended") throw NO_ANSWER;
  if (outcome.status === "other_generation")
    throw new product.OtherGeneration(server.store.sealingOf(userId));
  if (outcome.status === "quota_exceeded") throw NO_ANSWER;
  return outcome.status === "accepted" ? { status: "ok", response: outcome.response as never } : outcome;
}

async function download(
  { server }: World,
  { userId, product }: SimulatedDevice,
  request: SyncDownloadRequest,
): Promise<Answer<never>> {
  const outcome = await server.download(userId, request);
  if (outcome.status === "other_generation")
    throw new product.OtherGeneration(server.store.sealingOf(userId));
  return outcome.status === "page" ? { status: "ok", response: outcome.response as never } : outcome;
}
