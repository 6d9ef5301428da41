import type { Metadata } from "./metadata.ts";

/** Says what a value must be, in words that follow the field's name, or null when it is.
 *  Plain functions, so that commands check their input without loading zod. Never names the value. */
export type FieldRule = (value: unknown) => string | null;

/** What the values of one kind are: which ones are accepted, and how the OpenAPI document says so. */
export interface ValueKind<T = unknown> {
  rule: FieldRule;
  /** JSON Schema 2020-12 of what the rule accepts, as far as that can be said there. */
  jsonSchema: object;
  /** Never set: it carries the TypeScript type of the values. */
  readonly valueType?: T;
}

/** How a value lies in SQLite. A boolean is 0 or 1, `json` is text, a time is milliseconds since 1970 with its offset in
 *  minutes in a second column, `<field>_offset`. */
export type SqliteColumn = "text" | "integer" | "boolean" | "json" | "time and offset";

/** How it lies in PostgreSQL; a time is a `timestamptz` with its offset in a second column. */
export type PostgresColumn =
  | "text"
  | "integer"
  | "boolean"
  | "uuid"
  | "uuid[]"
  | "integer[]"
  | "time and offset";

/** The one definition of a field of an entity: schemas, types, checks, columns and the wire hash follow from it. */
export interface Field<T = unknown> extends ValueKind<T> {
  columns: { sqlite: SqliteColumn; postgres: PostgresColumn };
  /** May be missing; a null then means the same. */
  optional: boolean;
  /** The protocol version that brought the field. */
  since: number;
}

/** A field that every version knows: older devices could not send one that came later. */
export interface RequiredField<T = unknown> extends Field<T> {
  optional: false;
  since: 1;
}

export interface OptionalField<T = unknown> extends Field<T> {
  optional: true;
}

/** The fields of an entity type but `metadata`, by name, in the order in which they are printed. */
export type Fields = Readonly<Record<string, RequiredField | OptionalField>>;

/** The TypeScript type of the entities that have these fields. */
export type EntityOf<F extends Fields> = {
  [K in keyof F as F[K] extends RequiredField ? K : never]: ValueOf<F[K]>;
} & {
  [K in keyof F as F[K] extends OptionalField ? K : never]?: ValueOf<F[K]>;
} & { metadata: Metadata };

/** The TypeScript type of the values of a kind. */
export type ValueOf<K extends ValueKind> = K extends ValueKind<infer T> ? T : never;
