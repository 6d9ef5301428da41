import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { writePrivateFile } from "../../files/private-file.ts";
import { DEFAULT_SYNC_LIMITS, type SyncSession, type TransferSizes } from "./sync-session.ts";

/** Below this a smaller request gets through no better. */
const SMALLEST: TransferSizes = { batchBytes: 8 * 1024, batchChanges: 1, pageChanges: 1 };
/** After an exchange as quick as this, in ms, the next may carry more. */
const QUICK_MS = 10_000;
/** What broke off is tried again with so much less, and grows to half of it at most in the same sync. */
const SHRINK = 4;
const GROW = 2;

type Sized = Pick<SyncSession, "limits" | "sizes">;

/** Lets requests carry less after one of this size did not get through. False where none smaller would. */
export function shrink(session: Sized, name: keyof TransferSizes, failedSize: number): boolean {
  if (failedSize <= SMALLEST[name]) return false;
  const atLeastSmallest = (size: number) => Math.max(SMALLEST[name], Math.floor(size));
  session.limits = { ...session.limits, [name]: atLeastSmallest(failedSize / GROW) };
  session.sizes = { ...session.sizes, [name]: atLeastSmallest(failedSize / SHRINK) };
  return true;
}

/** Lets requests carry more after a full one that got through and took so long. */
export function grow({ limits, sizes }: Sized, name: keyof TransferSizes, tookMs: number): void {
  if (tookMs <= QUICK_MS) sizes[name] = Math.min(limits[name], sizes[name] * GROW);
}

const FILE = "transfer-sizes.json";
const StoredSizes = z.object({
  batchBytes: z.int().min(SMALLEST.batchBytes).max(DEFAULT_SYNC_LIMITS.batchBytes),
  pageChanges: z.int().min(SMALLEST.pageChanges).max(DEFAULT_SYNC_LIMITS.pageChanges),
});

/** The sizes that the last sync came to, because a line stays as slow as it is; the usual ones where nothing is known. */
export function recallSizes(stateDir: string): TransferSizes {
  try {
    const stored = StoredSizes.parse(JSON.parse(readFileSync(join(stateDir, FILE), "utf8")));
    return { batchChanges: DEFAULT_SYNC_LIMITS.batchChanges, ...stored };
  } catch {
    const { batchChanges, batchBytes, pageChanges } = DEFAULT_SYNC_LIMITS;
    return { batchChanges, batchBytes, pageChanges };
  }
}

/** Remembers other sizes than before. Only speed depends on it, so a full disk does no harm. */
export function rememberSizes(stateDir: string, { batchBytes, pageChanges }: TransferSizes): void {
  const before = recallSizes(stateDir);
  if (before.batchBytes === batchBytes && before.pageChanges === pageChanges) return;
  try {
    writePrivateFile(join(stateDir, FILE), `${JSON.stringify({ batchBytes, pageChanges })}\n`);
  } catch {
    // the next sync finds them out again
  }
}
