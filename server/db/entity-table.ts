import { ENTITY_FIELDS } from "../../src/domain/entities/entity-fields.ts";
import { ENTITY_TABLE, ENTITY_TYPES, type EntityType } from "../../src/domain/entities/entity-type.ts";
import type { PostgresColumn } from "../../src/domain/entities/field.ts";

/** How one entity type lies in PostgreSQL. */
export interface EntityTable {
  entityType: EntityType;
  table: string;
  /** The column of every field but `id`, which has its own in all tables. */
  columns: readonly { name: string; type: PostgresColumn; optional: boolean }[];
}

/** The tables of all entity types. */
export const TABLES: readonly EntityTable[] = ENTITY_TYPES.map((entityType) => ({
  entityType,
  table: ENTITY_TABLE[entityType],
  columns: Object.entries(ENTITY_FIELDS[entityType])
    .filter(([name]) => name !== "id")
    .map(([name, { columns, optional }]) => ({ name, type: columns.postgres, optional })),
}));

export const TABLE_BY_TYPE: ReadonlyMap<EntityType, EntityTable> = new Map(
  TABLES.map((table) => [table.entityType, table]),
);

/** Makes a statement about some of the tables, once for each choice of them. PostgreSQL prepares itself anew at each run
 *  for every table that a statement names, which for a small upload is most of its work. */
export function statementForTables(
  make: (tables: readonly EntityTable[]) => string,
): (tables: readonly EntityTable[]) => string {
  const made = new Map<string, string>();
  return (tables) => {
    const names = tables.map(({ table }) => table).join();
    const statement = made.get(names) ?? make(tables);
    made.set(names, statement);
    return statement;
  };
}

/** An SQL expression for the milliseconds since 1970 of a `timestamptz(3)`, which a double holds exactly. */
export function milliseconds(expression: string): string {
  return `(date_part('epoch', ${expression}) * 1000)::bigint`;
}

/** An SQL expression for the 16 digits of a content hash that lies as a number. */
export function hashText(expression: string): string {
  return `lpad(to_hex(${expression}), 16, '0')`;
}

/** An SQL expression for the number of a content hash in 16 digits. */
export function hashNumber(expression: string): string {
  return `('x' || ${expression})::bit(64)::bigint`;
}

/** Ends a lateral subquery of history, which then finds each version by the one index: PostgreSQL joins nothing else with it.
 *  It takes an account that its statistics do not know for empty, and would compare all of that with each version. */
export const EACH_BY_INDEX = "offset 0";

/** The columns of a `VersionRow` as a select list over the table, named `t`. */
export function versionColumns({ entityType, columns }: EntityTable): string {
  const content = [
    ...columns.flatMap(({ name, type }) =>
      type === "time and offset"
        ? [`'${name}', ${milliseconds(`t.${name}`)}`, `'${name}_offset', t.${name}_offset`]
        : [`'${name}', t.${name}`],
    ),
    "'extra', t.extra",
    `'created_at', ${milliseconds("t.created_at")}`,
  ];
  return `
    '${entityType}' as entity_type,
    t.id,
    ${milliseconds("t.updated_at")} as updated_at,
    t.deleted_at is not null as deleted,
    ${hashText("t.content_hash")} as content_hash,
    case when t.deleted_at is null then json_build_object(${content.join(", ")}) end as content,
    t.seq,
    t.device_id,
    ${milliseconds("t.stored_at")} as stored_at,
    t.bytes`;
}

/** Stores the versions of the JSON array in the parameter `versions`, as `versionToRow` makes them, written by one
 *  device, for the user of the row `head`, over what stands. */
export function upsertStatement(
  { table, columns }: EntityTable,
  { versions, deviceId }: { versions: string; deviceId: string },
): string {
  const typed: [string, string][] = [
    ["id", "uuid"],
    ...columns.flatMap(({ name, type }): [string, string][] =>
      type === "time and offset"
        ? [
            [name, "timestamptz"],
            [`${name}_offset`, "smallint"],
          ]
        : [[name, type]],
    ),
    ["extra", "jsonb"],
    ["created_at", "timestamptz"],
    ["updated_at", "timestamptz"],
    ["deleted_at", "timestamptz"],
    ["content_hash", "text"],
    ["seq", "bigint"],
    ["bytes", "integer"],
  ];
  const names = typed.map(([name]) => name);
  const givenValue = (name: string) => (name === "content_hash" ? hashNumber("r.content_hash") : `r.${name}`);
  const replaced = names.slice(1).map((name) => `${name} = excluded.${name}`);
  return `
    insert into ${table} (user_id, ${names.join(", ")}, device_id)
    select head.id, ${names.map(givenValue).join(", ")}, ${deviceId}::uuid
    from head, json_to_recordset(${versions}::text::json) as r (${typed.map((column) => column.join(" ")).join(", ")})
    on conflict (user_id, id) do update
    set ${replaced.join(", ")}, device_id = excluded.device_id, stored_at = excluded.stored_at`;
}
