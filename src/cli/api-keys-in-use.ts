import type { ApiKeyInfo } from "../domain/protocol/api-key-info.ts";
import { formatTable } from "../output/table.ts";
import { keysMadeWith } from "../sync/account/account.ts";
import type { Context } from "./context.ts";
import { localHour, localMoment } from "./local-moment.ts";
import { openLineReader } from "./read-lines.ts";

/** What a key is called, and when it was used last or revoked. */
export function apiKeyCells(context: Context, key: ApiKeyInfo): [name: string, state: string] {
  const { label, revoked_at, last_used_at } = key;
  const use = last_used_at ? `used ${localHour(context, last_used_at)}` : "never used";
  return [label ?? "no name", revoked_at ? `revoked ${localMoment(context, revoked_at)}` : use];
}

/** Names the keys that let devices in. */
export function nameApiKeys(context: Context, keys: readonly ApiKeyInfo[]): void {
  writeRows(
    context,
    keys.map((key) => rowOf(context, keys, key)),
  );
}

/** Names them with numbers, and asks a person which are to be revoked: those that were made with this device's key can be.
 *  Throws `interrupted` at the end of the input. */
export async function askKeysToRevoke(context: Context, keys: readonly ApiKeyInfo[]): Promise<ApiKeyInfo[]> {
  const own = keys.find(({ is_current }) => is_current);
  const revocable = own ? keysMadeWith(keys, own) : [];
  if (revocable.length === 0) {
    nameApiKeys(context, keys);
    return [];
  }
  const numberOf = (key: ApiKeyInfo) => (revocable.includes(key) ? `${revocable.indexOf(key) + 1}` : "");
  const rows = keys.map((key) => [numberOf(key), ...rowOf(context, keys, key)]);
  writeRows(context, rows);
  const reader = openLineReader(context);
  try {
    for (;;) {
      const typed = await reader.ask("Which to revoke? Their numbers, or Enter for none: ");
      const words = typed.split(/[\s,]+/).filter((word) => word !== "");
      const asked = words.map((word) => revocable.find((_, at) => word === `${at + 1}`));
      if (asked.every((key) => key !== undefined)) return withoutThoseThatFall(keys, new Set(asked));
      context.stderr.write("Those are no numbers of this list; 1 2 takes the first two.\n");
    }
  } finally {
    reader.close();
  }
}

function writeRows({ stderr }: Context, rows: readonly string[][]): void {
  stderr.write(`API keys that let devices in:\n${formatTable(rows, { width: stderr.columns })}`);
}

/** A key ends with the one that it was made with, and cannot be revoked again. */
function withoutThoseThatFall(keys: readonly ApiKeyInfo[], asked: ReadonlySet<ApiKeyInfo>): ApiKeyInfo[] {
  const falling = new Set([...asked].flatMap((key) => keysMadeWith(keys, key)));
  return [...asked].filter((key) => !falling.has(key));
}

function rowOf(context: Context, keys: readonly ApiKeyInfo[], key: ApiKeyInfo): string[] {
  const made = keysMadeWith(keys, key).length;
  const others =
    key.is_current || made === 0 ? "" : `with ${made === 1 ? "1 key" : `${made} keys`} made with it`;
  return [...apiKeyCells(context, key), key.is_current ? "this device's" : others];
}
