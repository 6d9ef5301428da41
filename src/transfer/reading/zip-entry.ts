import { Readable } from "node:stream";
import { type Entry, fromRandomAccessReader, RandomAccessReader, type ZipFile } from "yauzl";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { type ImportSource, MAX_WHOLE_BYTES } from "./import-source.ts";

/** Most entries that are looked through: photos lie beside the one that counts. */
const MAX_ENTRIES = 100_000;
const PIECE_BYTES = 64 * 1024;

/** The entry of a zip with one of these names, which `name` is: at its top, else in a folder, as whoever packed it again has
 *  it; null where there is none. `bytes` unpacks it into memory and counts
 *  them as they come out, whatever the zip says of its sizes. Throws `invalid_input` for a zip that is damaged or locked,
 *  and for an entry that is too large. */
export async function zipEntry(
  source: ImportSource,
  names: readonly string[],
): Promise<{ name: string; bytes(): Promise<Buffer> } | null> {
  const zip = await whole(() => openZip(source));
  const found = await whole(() => findEntry(zip, names));
  return found && { name: found.name, bytes: () => whole(() => unpack(zip, found.entry)) };
}

async function whole<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof MoodsyncError) throw error;
    throw new MoodsyncError("invalid_input", "The zip is damaged or was not written to its end.", {
      hint: "Export or copy it again. Nothing was changed.",
      cause: error,
    });
  }
}

/** Names are compared only, never made paths of, so none of them is refused. */
function openZip(source: ImportSource): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromRandomAccessReader(
      new SourceReader(source),
      source.size,
      { lazyEntries: true, autoClose: false, decodeStrings: false },
      (error, zip) => (error ? reject(error) : resolve(zip)),
    );
  });
}

class SourceReader extends RandomAccessReader {
  readonly #source: ImportSource;

  constructor(source: ImportSource) {
    super();
    this.#source = source;
  }

  /** By way of streams the directory of 70,000 entries takes a minute and 800 MB. */
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const bytes = this.#source.at(position, length);
    bytes.copy(buffer, offset);
    setImmediate(callback, bytes.length < length ? new Error("the zip ends early") : null);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const source = this.#source;
    return Readable.from(
      (function* () {
        for (let at = start; at < end; at += PIECE_BYTES)
          yield source.at(at, Math.min(PIECE_BYTES, end - at));
      })(),
      { objectMode: false },
    );
  }
}

/** Below a folder's name that is none of the system's: not hidden, not one above, not what macOS keeps beside files. */
const FOLDER = /^(?!__MACOSX\/)[^./\\][^/\\]*\//;

function nameOf({ fileName }: Entry): string {
  return Buffer.from(fileName as unknown as Buffer).toString("utf8");
}

interface Found {
  name: string;
  entry: Entry;
}

function findEntry(zip: ZipFile, names: readonly string[]): Promise<Found | null> {
  return new Promise((resolve, reject) => {
    let count = 0;
    let inFolder: Found | null = null;
    zip.on("error", reject);
    zip.on("end", () => resolve(inFolder));
    zip.on("entry", (entry: Entry) => {
      count += 1;
      const path = nameOf(entry);
      if (names.includes(path)) return resolve({ name: path, entry });
      const name = names.find((one) => path.endsWith(`/${one}`) && FOLDER.test(path));
      if (name !== undefined) inFolder ??= { name, entry };
      if (count >= MAX_ENTRIES) resolve(inFolder);
      else zip.readEntry();
    });
    zip.readEntry();
  });
}

async function unpack(zip: ZipFile, entry: Entry): Promise<Buffer> {
  if (entry.isEncrypted()) {
    throw new MoodsyncError("invalid_input", "The zip is locked with a password.", {
      hint: "Unpack it yourself and import what is in it. Nothing was changed.",
    });
  }
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MAX_WHOLE_BYTES) {
      stream.destroy();
      throw new MoodsyncError("invalid_input", "What is in the zip is larger than 64 MiB.", {
        hint: "No export of these apps is; look whether it is the right file. Nothing was changed.",
      });
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
