import type Database from "better-sqlite3";
import { ENTITY_TABLE, ENTITY_TYPES } from "../../domain/entities/entity-type.ts";
import { statement } from "../storage/statements.ts";

/** How many characters of an identifier are shown where no other entity begins with them. */
const SHOWN_CHARACTERS = 7;
const UUID_CHARACTERS = 36;

/** The beginning of an identifier that no other entity on this device shares, of at least 7 characters. */
export function shortId(db: Database.Database, id: string): string {
  return shortIds(db, [id]).get(id)!;
}

/** The same for many at once: in order, only the identifiers before and after one can share more of it than others. */
export function shortIds(db: Database.Database, ids: readonly string[]): Map<string, string> {
  const rows = statement(db, NEIGHBOURS).raw().all(JSON.stringify(ids)) as (string | number | null)[][];
  return new Map(
    rows.map(([id, count, ...neighbours]) => {
      const shared = neighbours.map((other) => sharedLength(id as string, (other as string | null) ?? ""));
      const length =
        Number(count) <= 1
          ? Math.max(SHOWN_CHARACTERS, ...shared.map((characters) => characters + 1))
          : UUID_CHARACTERS;
      return [id as string, (id as string).slice(0, length)];
    }),
  );
}

const TABLES = ENTITY_TYPES.map((entityType) => ENTITY_TABLE[entityType]);
const NEIGHBOURS = `select shown.value,
  ${TABLES.map((table) => `(select count(*) from ${table} where id = shown.value)`).join(" + ")},
  ${TABLES.map(
    (table) =>
      `(select max(id) from ${table} where id < shown.value), (select min(id) from ${table} where id > shown.value)`,
  ).join(", ")}
  from json_each(?) as shown`;

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
