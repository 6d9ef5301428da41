import { MoodsyncError } from "../domain/moodsync-error.ts";
import type { Content, Format } from "./formats/format.ts";
import { FORMATS, recognise } from "./formats/registry.ts";
import { type ImportSource, MAX_WHOLE_BYTES } from "./reading/import-source.ts";
import { isObject, jsonValue } from "./reading/json-value.ts";
import { openTextFile } from "./reading/text-file.ts";
import { zipEntry } from "./reading/zip-entry.ts";

/** A file that was recognised. */
export interface OpenedImport {
  content: Content;
  format: Format;
  /** How large its content is, in bytes, out of what it is packed in. */
  bytes: number;
}

/** Opens a file by what is in it, whatever its name ends with. Throws `invalid_input` for one that no format knows. */
export async function openImport(source: ImportSource): Promise<OpenedImport> {
  const content = await openContent(source);
  const format = recognise(content);
  if (!format) throw unknownFile();
  return { content, format, bytes: content.kind === "zip" ? content.bytes.length : source.size };
}

/** How much of a file says what it is, in bytes. */
const HEAD_BYTES = 64 * 1024;

async function openContent(source: ImportSource): Promise<Content> {
  const head = source.at(0, HEAD_BYTES);
  if (head.length >= 4 && ZIP_STARTS.has(head.readUInt32BE(0))) return await openZip(source);
  const start = headText(head);
  if (/^\s*</.test(start)) throw xmlFile(start);
  if (/^\s*[{[]/.test(start)) {
    if (/"format"\s*:\s*"moodsync-export"/.test(start))
      return { kind: "export", bytes: () => withoutMark(source) };
    if (isEntityLine(start)) return { kind: "export lines", bytes: () => withoutMark(source) };
    if (!isJournal(start)) return { kind: "json", value: jsonValue(source.whole()) };
  }
  if (isBase64OfJson(start, source.size)) {
    const text = source.whole().toString("latin1");
    return { kind: "json", value: jsonValue(Buffer.from(text, "base64")) };
  }
  const text = openTextFile(source);
  if (isBinary(text.firstLine)) throw unknownFile();
  return { kind: "text", text };
}

/** Our own files have none, but an editor may have put one there. */
function* withoutMark(source: ImportSource): Generator<Buffer, void> {
  let isFirst = true;
  for (const piece of source.pieces()) {
    yield isFirst && piece[0] === 0xef && piece[1] === 0xbb ? piece.subarray(3) : piece;
    isFirst = false;
  }
}

function headText(head: Buffer): string {
  const encoding = head[0] === 0xff && head[1] === 0xfe ? "utf-16le" : "utf-8";
  return new TextDecoder(encoding).decode(head);
}

/** Whether the first line is an entity with its type, whatever the order of its fields. */
function isEntityLine(start: string): boolean {
  try {
    const entity: unknown = JSON.parse(start.trimStart().split("\n", 1)[0]!);
    return isObject(entity) && typeof entity.entity_type === "string";
  } catch {
    return false;
  }
}

/** `[2025-06-28 06:22:00 PM] …`, which begins like a list of JSON. */
function isJournal(start: string): boolean {
  return /^\s*\[[^\]"{[]*\d:\d\d[^\]"{[]*\] /.test(start);
}

/** Whether a line has control characters that no heading has: tabs divide columns, and escapes colour a terminal. */
function isBinary(line: string): boolean {
  for (const character of line) if (character < " " && !"\t\v\f\u001b".includes(character)) return true;
  return false;
}

/** Base64 of `{"` and of `{` with a blank or a line end behind it. */
function isBase64OfJson(start: string, size: number): boolean {
  return size <= MAX_WHOLE_BYTES && /^\s*e[wy][A-Za-z0-9+/]/.test(start) && /^[A-Za-z0-9+/=\s]+$/.test(start);
}

/** "PK" with what says that an entry follows, or that there is none. */
const ZIP_STARTS: ReadonlySet<number> = new Set([0x504b0304, 0x504b0506]);

async function openZip(source: ImportSource): Promise<Content> {
  const names = FORMATS.flatMap(({ zipEntry: name }) => name ?? []);
  const found = await zipEntry(source, [...names, APPLE_EXPORT]);
  if (!found) throw unknownFile();
  if (found.name === APPLE_EXPORT) throw appleExport();
  return { kind: "zip", entry: found.name, bytes: await found.bytes() };
}

const APPLE_EXPORT = "apple_health_export/export.xml";

function xmlFile(start: string): MoodsyncError {
  return /<!DOCTYPE HealthData|<HealthData\b/.test(start) ? appleExport() : unknownFile();
}

function appleExport(): MoodsyncError {
  return new MoodsyncError("invalid_input", "Apple's own health export holds no State of Mind.", {
    hint: "The app Health Auto Export writes it, as CSV or JSON; `moodsync import` reads both. Nothing was changed.",
  });
}

function unknownFile(): MoodsyncError {
  return new MoodsyncError("invalid_input", "No format that moodsync reads is that of this file.", {
    hint: "A sheet needs a heading with a date and a mood, or --columns that names them. Nothing was changed.",
  });
}
