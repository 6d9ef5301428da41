import { MoodsyncError } from "../../domain/moodsync-error.ts";

const MIN_PREFIX = 4;

/** The device or key that was meant: by its id, 4 or more characters of its beginning, or its whole label. `kind` is
 *  what it is called in the refusal. Throws `not_found` or `ambiguous_id`. */
export function findInAccount<T extends { id: string; label: string | null }>(
  all: readonly T[],
  typed: string,
  kind: "device" | "key",
): T {
  const prefix = typed.toLowerCase();
  const byId = typed.length >= MIN_PREFIX ? all.filter(({ id }) => id.startsWith(prefix)) : [];
  const found = byId.length > 0 ? byId : all.filter(({ label }) => label === typed);
  if (found.length === 1 && found[0]) return found[0];
  if (found.length > 1) {
    throw new MoodsyncError("ambiguous_id", `More than one ${kind} of the account fits that.`, {
      hint: `Type more characters of its id; \`moodsync account ${kind}s\` shows it.`,
    });
  }
  throw new MoodsyncError("not_found", `The account has no such ${kind}.`, {
    hint: `\`moodsync account ${kind}s\` lists them.`,
  });
}
