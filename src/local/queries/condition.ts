/** A condition on the rows of an entity's table, with the values for its question marks. The text is the program's own. */
export interface Condition {
  sql: string;
  values: readonly (string | number)[];
}

/** A condition that no row fulfils. */
export const NEVER: Condition = { sql: "false", values: [] };

export function allOf(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(" and ") || "true",
    values: conditions.flatMap(({ values }) => values),
  };
}

export function not({ sql, values }: Condition): Condition {
  return { sql: `not (${sql})`, values };
}

/** That a column has one of these values. */
export function isOneOf(column: string, values: Iterable<string | number>): Condition {
  return { sql: `${column} in (select value from json_each(?))`, values: [JSON.stringify([...values])] };
}
