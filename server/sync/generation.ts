/** The generation of an account's data, as it is. */
export interface Generation {
  generation: number;
  /** Of its keys; null: the account is plain. */
  keyId: string | null;
  /** The seq of its founding: what the account holds came after it. 0 where it was never founded. */
  firstSeq: number;
}

/** What a request is about: the generation that its device seals with, or null, any plain one. */
export type AskedGeneration = { generation: number; keyId: string } | null;

/** Whether a request may change or read anything of an account. */
export function isOfGeneration(asked: AskedGeneration, { generation, keyId }: Generation): boolean {
  return asked === null ? keyId === null : asked.generation === generation && asked.keyId === keyId;
}
