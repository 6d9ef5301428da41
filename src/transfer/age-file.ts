import { Decrypter, Encrypter } from "age-encryption";
import { MoodsyncError } from "../domain/moodsync-error.ts";

/** Encrypts pieces by a passphrase, in the format of `age` (https://age-encryption.org/v1), which can open it, too. */
export async function* encrypted(
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  passphrase: string,
): AsyncGenerator<Uint8Array, void> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  yield* await encrypter.encrypt(streamOf(pieces));
}

/** What such pieces hold. Throws `invalid_input` for another passphrase, and for what was cut short or changed; by then
 *  pieces may have been given out, so whoever takes them keeps them only when all have come. */
export async function* decrypted(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  passphrase: string,
): AsyncGenerator<Uint8Array, void> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const opened = await decrypter.decrypt(streamOf(pieces)).catch((cause) => {
    throw new MoodsyncError("invalid_input", "The passphrase does not open that file.", {
      hint: "Check the passphrase; a file that was changed or cut short cannot be opened either.",
      cause,
    });
  });
  try {
    yield* opened;
  } catch (cause) {
    throw new MoodsyncError("invalid_input", "The file was changed, or it is not whole.", {
      hint: "Take another copy of it; nothing was changed.",
      cause,
    });
  }
}

function streamOf(
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  async function* bytes() {
    for await (const piece of pieces) {
      if (piece.length > 0) yield typeof piece === "string" ? encoder.encode(piece) : piece;
    }
  }
  return ReadableStream.from(bytes()) as ReadableStream<Uint8Array>;
}
