import { createHash } from "node:crypto";
import type Database from "better-sqlite3";
import { MoodsyncError } from "../../domain/moodsync-error.ts";

/** SHA-256 of what sqlite_schema holds after each migration, the first one first. A test computes them anew. */
export const SCHEMA_HASHES = [
  "b5c042ecf29407f90df4e11fbe5b435efd09d56ef1f19872598560896b8d653b",
  "254604f379b2d340a24a82af3830c91920b3fef695722d9507c4c45beaedcd29",
  "ac89a21ac24fb683a448cd302f89922b6fbaf3e4c20082a1f5779657b97083b0",
  "acefb461c9cb2089d1a3f0293cb3525a7323d0e5ebb965d7bc804838bffb7838",
  "3443e5c297a9ff66ab34a76613f380b153680cb5ae8ab958c0f43be24eac32b2",
  "da57657d76ab424045cecd0bec4de344a0e46e2ecfb60d1978e9640be40da8d4",
  "633f4dcc0cc6c4943724e42597740d339347dc67b8b6a71bf18bf3c9fc0dc340",
  "3fc8dc6182a4be1fc57f51b36029087db1a39971aa15277090c0a6992a4dc6a8",
];

/** The tables that hold what is stored; the search index is made from them. */
export const STORED_TABLES = [
  "activities",
  "mood_entries",
  "assessments",
  "schedules",
  "commands",
  "command_changes",
  "entity_history",
  "sent_versions",
  "rejected_changes",
  "deferred_changes",
  "sync_config",
  "account_devices",
  "walk_marks",
  "sync_runs",
] as const;

const OWN_TABLES: ReadonlySet<string> = new Set([...STORED_TABLES, "mood_search_pending", "mood_search_end"]);

interface SchemaRow {
  type: string;
  name: string;
  tbl_name: string;
  sql: string | null;
}

/** Throws a `failure` where a database that says it is of ours, and of this schema version, has other tables, columns
 *  or indexes, or has a view or a trigger of others: they would run with every command, and show or store what nobody wrote.
 *  Tables of other programs beside ours (Litestream's, say) do no harm, unless they refer to one of ours. */
export function requireOwnSchema(db: Database.Database, version: number, file: string | null): void {
  const own = readOwnSchema(db);
  if (version === 0 && own.length === 0) return;
  if (hashOf(own) === SCHEMA_HASHES[version - 1]) return;
  throw new MoodsyncError(
    "failure",
    `The database ${file ?? "in memory"} has tables, views or triggers that moodsync did not make.`,
    {
      hint: "It may come from somebody else. Put a backup in its place, or move it out of the way.",
    },
  );
}

/** Number of the last migration that a database has had. */
export function schemaVersion(db: Database.Database): number {
  return db.pragma("user_version", { simple: true }) as number;
}

/** What SCHEMA_HASHES holds, of the schema that a database has. */
export function schemaHash(db: Database.Database): string {
  return hashOf(readOwnSchema(db));
}

function hashOf(schema: SchemaRow[]): string {
  return createHash("sha256").update(JSON.stringify(schema)).digest("hex");
}

/** All but plain tables of others and their indexes. Only the text of an object says what it is of: SQLite believes
 *  that, and not the other columns, which whoever writes a file can fill as he likes. */
function readOwnSchema(db: Database.Database): SchemaRow[] {
  const sql = "select type, name, tbl_name, sql from sqlite_schema order by type, name";
  const rows = db.prepare(sql).all() as SchemaRow[];
  const foreign = new Set(rows.filter(isForeignTable).map(({ name }) => name));
  return rows.filter((row) => !isForeignTable(row) && !foreign.has(indexedTable(row) ?? ""));
}

/** SQLite's statistics, too, and the tables in which it keeps the search index. */
function isForeignTable({ type, name, sql }: SchemaRow): boolean {
  if (type !== "table" || sql === null || OWN_TABLES.has(name.toLowerCase())) return false;
  return /^create table /i.test(sql) && !/\breferences\b/i.test(sql);
}

/** Null for what is no index. One that SQLite made for a key has no text. */
function indexedTable({ type, name, tbl_name, sql }: SchemaRow): string | null {
  if (type !== "index") return null;
  if (sql === null) return name.startsWith("sqlite_autoindex_") ? tbl_name : null;
  return /^create (?:unique )?index \S+ on "?(\w+)/i.exec(sql)?.[1] ?? null;
}
