import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { decrypted } from "../age-file.ts";
import { bytesSource, type ImportSource, MAX_WHOLE_BYTES } from "./import-source.ts";

/** What an encrypted file holds. It stays in memory, so that nothing of it gets onto the disk in the clear. Throws
 *  `invalid_input` as `decrypted` does, and where it is too large for that. */
export async function decryptedSource(source: ImportSource, passphrase: string): Promise<ImportSource> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of decrypted(source.pieces(), passphrase)) {
    size += piece.length;
    if (size > MAX_WHOLE_BYTES) {
      throw new MoodsyncError("invalid_input", "What is in the encrypted file is larger than 64 MiB.", {
        hint: "Decrypt it with `age -d` and import what comes out. Nothing was changed.",
      });
    }
    pieces.push(piece);
  }
  return { ...bytesSource(Buffer.concat(pieces)), close: () => source.close() };
}
