import { hash } from "node:crypto";

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;

/** A key of 32 bytes for HMAC-SHA-256 (RFC 2104), by two hashes at once: an object of Node's for each message takes longer to
 *  make, and to be collected, than all of the hashing. Neither inspection nor JSON shows it. */
export class HmacKey {
  /** The key for the inner hash. */
  readonly #inner = Buffer.alloc(BLOCK_BYTES, 0x36);
  /** The key for the outer hash, and behind it the inner hash. */
  readonly #outer = Buffer.alloc(BLOCK_BYTES + HASH_BYTES, 0x5c);
  /** What is hashed of messages of each length: kept, because a view of bytes takes half as long to make
   *  as their hash. */
  readonly #inputByLength = new Map<number, Input>();

  constructor(key: Uint8Array) {
    for (const [at, byte] of key.entries()) {
      this.#inner[at]! ^= byte;
      this.#outer[at]! ^= byte;
    }
  }

  /** Where a message of so many bytes is written, so that it need not be copied: always the same place. */
  room(bytes: number): Buffer {
    return this.#inputOf(bytes).message;
  }

  /** The HMAC of what stands in the room of so many bytes, in 64 hexadecimal digits. */
  hexOfRoom(bytes: number): string {
    this.#outer.write(hash("sha256", this.#inputOf(bytes).whole, "binary"), BLOCK_BYTES, "binary");
    return hash("sha256", this.#outer, "hex");
  }

  /** The HMAC of a text in UTF-8. */
  hexOf(text: string): string {
    const bytes = Buffer.byteLength(text);
    this.room(bytes).write(text);
    return this.hexOfRoom(bytes);
  }

  #inputOf(bytes: number): Input {
    const known = this.#inputByLength.get(bytes);
    if (known) return known;
    const whole = Buffer.concat([this.#inner, Buffer.alloc(bytes)]);
    const input = { whole, message: whole.subarray(BLOCK_BYTES) };
    this.#inputByLength.set(bytes, input);
    return input;
  }
}

/** The key for the inner hash and the message behind it, and the message alone. */
interface Input {
  whole: Buffer;
  message: Buffer;
}
