/** How a file begins that `age` has encrypted. Beside `age-file.ts`, which loads a library. */
export const AGE_HEAD = "age-encryption.org/v1";

export function isAgeHead(head: Buffer): boolean {
  return head.toString("latin1", 0, AGE_HEAD.length) === AGE_HEAD;
}
