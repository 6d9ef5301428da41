import { randomUUID } from "node:crypto";
import type { SealedChange } from "../../../src/domain/protocol/sealed-change.ts";
import { ENVELOPE_OVERHEAD_BYTES, SEAL_FORMAT } from "../../../src/domain/protocol/sealed-envelope.ts";
import type { FoundingRequest } from "../../../src/domain/protocol/sealing-info.ts";
import type { SyncChange } from "../../../src/domain/protocol/sync-change.ts";
import { formatUtc } from "../../../src/domain/time/timestamp.ts";
import { sealChange } from "../../../src/sealing/seal-change.ts";
import { newSealingKey } from "../../../src/sealing/sealing-key.ts";
import { deriveSealingKeys, type SealingKeys } from "../../../src/sealing/sealing-keys.ts";
import { type Answer, send } from "../server/http-server.ts";

/** A device that speaks the sealed routes itself, whatever it is answered. */
export interface SealedDevice {
  deviceId: string;
  keys: SealingKeys;
  /** Of what `found` sends. */
  founding(more?: Partial<FoundingRequest>): FoundingRequest;
  found(more?: Partial<FoundingRequest>): Promise<Answer>;
  upload(changes: readonly (SyncChange | SealedChange)[], more?: object): Promise<Answer>;
  download(since: string | null, more?: object): Promise<Answer>;
  /** Any other request with the account's API key. */
  ask(method: string, path: string, body?: object): Promise<Answer>;
}

/** A device of an account, with the keys of a generation: those of `like`, or new ones. */
export function sealedDevice(
  server: { url: string },
  account: { userId: string; apiKey: string },
  { generation = 1, like }: { generation?: number; like?: SealedDevice } = {},
): SealedDevice {
  const deviceId = randomUUID();
  const keys = like?.keys ?? deriveSealingKeys(newSealingKey(), { accountId: account.userId, generation });
  const of = { device_id: deviceId, generation: keys.generation, key_id: keys.keyId };
  const ask = (method: string, path: string, body?: object) =>
    send(server.url, method, path, { apiKey: account.apiKey, body });
  const founding = (more: Partial<FoundingRequest> = {}): FoundingRequest => ({
    ...of,
    client_cursor: null,
    from_generation: keys.generation - 1,
    format: SEAL_FORMAT,
    key_check: envelopeOf(512, { generation: more.generation ?? keys.generation }),
    founded_at: "2026-03-02T20:10:00.000Z",
    ...more,
  });
  return {
    deviceId,
    keys,
    founding,
    found: (more) => ask("PUT", "/v1/sealing", founding(more)),
    upload: (changes, more = {}) =>
      ask("POST", "/v1/sealed/upload", {
        ...of,
        client_cursor: null,
        changes: changes.map((change) => ("envelope" in change ? change : sealChange(keys, change)!)),
        ...more,
      }),
    download: (since, more = {}) => ask("POST", "/v1/sealed/download", { ...of, since, ...more }),
    ask,
  };
}

/** Bytes that a server takes for an envelope of that much text, in base64; no key opens them. */
export function envelopeOf(
  textBytes: number,
  { generation = 1, format = SEAL_FORMAT }: { generation?: number; format?: number } = {},
): string {
  const envelope = Buffer.alloc(textBytes + ENVELOPE_OVERHEAD_BYTES, 0xa5);
  envelope[0] = format;
  envelope.writeUInt32BE(generation, 1);
  return envelope.toString("base64");
}

/** A change with such an envelope, of an entity of its own. */
export function junkChange(envelope: string, more: Partial<SealedChange> = {}): SealedChange {
  const id = randomUUID().replace(/^(.{14})4/, "$18");
  return { id, updated_at: formatUtc(Date.now() - 60_000), deleted: false, envelope, ...more };
}
