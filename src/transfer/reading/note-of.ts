/** Title and body of a note as one text; null where both are empty. Line ends of another system are those of ours. */
export function noteOf(...parts: readonly (string | null | undefined)[]): string | null {
  const texts = parts
    .map((part) => (part ?? "").replaceAll("\r\n", "\n"))
    .filter((part) => part.trim() !== "");
  return texts.length > 0 ? texts.join("\n") : null;
}
