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

  /** Where the next message of so many bytes is written, so that it need not be copied; it holds until the one after. */
  room(bytes: number): Buffer {
    const end = BLOCK_BYTES + bytes;
    if (this.#inner.length < end) {
      const longer = Buffer.alloc(end);
      this.#inner.copy(longer, 0, 0, BLOCK_BYTES);
      this.#inner = longer;
    }
    return this.#inner.subarray(BLOCK_BYTES, end);
  }

  /** The HMAC of the first bytes of the room, in 64 hexadecimal digits. */
  hexOfRoom(bytes: number): string {
    this.#outer.write(
      hash("sha256", this.#inner.subarray(0, BLOCK_BYTES + bytes), "hex"),
      BLOCK_BYTES,
      "hex",
    );
    return hash("sha256", this.#outer, "hex");
  }

  /** The HMAC of a text in UTF-8. */
  hexOf(text: string): string {
    const bytes = Buffer.byteLength(text);
    this.room(bytes).write(text);
    return this.hexOfRoom(bytes);
  }
}
