import { createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { uuidToBytes } from "../domain/identifiers.ts";
import { SEAL_FORMAT } from "../domain/protocol/sealed-envelope.ts";
import { HmacKey } from "./hmac-key.ts";
import type { SealingKey } from "./sealing-key.ts";

/** The keys of one generation of an account. */
export interface SealingKeys {
  accountId: string;
  generation: number;
  /** Public name of these keys: 16 hexadecimal digits. */
  keyId: string;
  /** For ChaCha20-Poly1305, for the nonces and for the sealed ids. */
  seal: KeyObject;
  nonce: HmacKey;
  id: HmacKey;
  /** What the associated data of each of its envelopes begins with: format, account and generation. */
  associated: Buffer;
}

const KEY_BYTES = 32;
const KEY_ID_BYTES = 8;

/** HKDF-SHA-256 (RFC 5869) of the secret, salted with account and generation: neither of another account nor of another
 *  generation can any key be joined with these. */
export function deriveSealingKeys(
  key: SealingKey,
  { accountId, generation }: { accountId: string; generation: number },
): SealingKeys {
  const salt = Buffer.alloc(20);
  uuidToBytes(accountId).copy(salt);
  salt.writeUInt32BE(generation, 16);
  const derive = (name: string, length: number) =>
    Buffer.from(hkdfSync("sha256", key.reveal(), salt, `moodsync/sealed/1/${name}`, length));
  return {
    accountId,
    generation,
    keyId: derive("key id", KEY_ID_BYTES).toString("hex"),
    seal: createSecretKey(derive("seal", KEY_BYTES)),
    nonce: new HmacKey(derive("nonce", KEY_BYTES)),
    id: new HmacKey(derive("id", KEY_BYTES)),
    associated: Buffer.concat([Buffer.from([SEAL_FORMAT]), salt]),
  };
}
