import { unavailable } from "./problem.ts";

/** Bytes of bodies and answers that the server holds for its accounts, on their way in or out. */
export interface TransferBudget {
  /** Takes so many bytes; the result gives them back. Throws 503 where the account or the server holds too many. */
  take(userId: string, bytes: number): () => void;
  /** Counts bytes that are there already, so it never throws: an answer must not be lost after what it reports was
   *  stored. The result gives them back. */
  hold(userId: string, bytes: number): () => void;
}

const MiB = 1024 * 1024;
/** Most bytes of one account, and of all, on their way. */
export const MAX_ACCOUNT_TRANSFER_BYTES = 64 * MiB;
const MAX_TRANSFER_BYTES = 256 * MiB;

export function createTransferBudget({
  bytesOfAccount = MAX_ACCOUNT_TRANSFER_BYTES,
  bytesInAll = MAX_TRANSFER_BYTES,
}: {
  bytesOfAccount?: number;
  bytesInAll?: number;
} = {}): TransferBudget {
  const heldByAccount = new Map<string, number>();
  let heldInAll = 0;

  const add = (userId: string, bytes: number) => {
    heldInAll += bytes;
    const held = (heldByAccount.get(userId) ?? 0) + bytes;
    if (held > 0) heldByAccount.set(userId, held);
    else heldByAccount.delete(userId);
  };
  const hold = (userId: string, bytes: number) => {
    add(userId, bytes);
    return () => add(userId, -bytes);
  };
  return {
    take(userId, bytes) {
      if ((heldByAccount.get(userId) ?? 0) + bytes > bytesOfAccount || heldInAll + bytes > bytesInAll) {
        throw unavailable("Too much is on its way at the moment.", 5);
      }
      return hold(userId, bytes);
    },
    hold,
  };
}
