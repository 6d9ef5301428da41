import { hash } from "node:crypto";

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;

/** A key of 32 bytes for HMAC-SHA-256 (RFC 2104), by two hashes at once: an object of Node's for each message takes longer to
 *  make, and to be collected, than all of the hashing. Neither inspection nor JSON shows it. */
export class HmacKey {
  /** The key for the inner hash, and behind it room for a message. */
  #inner = Buffer.alloc(BLOCK_BYTES + 2048);
  /** The key for the outer hash, and behind it the inner hash. */
  readonly #outer = Buffer.alloc(BLOCK_BYTES + HASH_BYTES);

  constructor(key: Uint8Array) {
    this.#inner.fill(0x36, 0, BLOCK_BYTES);
    this.#outer.fill(0x5c, 0, BLOCK_BYTES);
    for (const [at, byte] of key.entries()) {
      this.#inner[at]! ^= byte;
      this.#outer[at]! ^= byte;
    }
  }

  /** The HMAC of the parts of a message, in 64 hexadecimal digits. */
  hexOf(...parts: readonly Uint8Array[]): string {
    const end = parts.reduce((sum, { length }) => sum + length, BLOCK_BYTES);
    if (this.#inner.length < end) {
      const longer = Buffer.alloc(end);
      this.#inner.copy(longer, 0, 0, BLOCK_BYTES);
      this.#inner = longer;
    }
    let at = BLOCK_BYTES;
    for (const part of parts) {
      this.#inner.set(part, at);
      at += part.length;
    }
    this.#outer.write(hash("sha256", this.#inner.subarray(0, end), "hex"), BLOCK_BYTES, "hex");
    return hash("sha256", this.#outer, "hex");
  }
}
