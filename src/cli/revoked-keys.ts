import { singleLine } from "../output/terminal-text.ts";

/** What was revoked, for a person: the key, and those that were made with it. */
export function revokedKeys(others: readonly { id: string; label: string | null }[]): string {
  if (others.length === 0) return "The key is revoked.";
  const names = others.map(({ id, label }) => (label === null ? id : `${id} (${singleLine(label)})`));
  return `The key is revoked, and so are those that were made with it: ${names.join(", ")}.`;
}
