import { describe, expect, test } from "vitest";
import { ENTITY_FIELDS } from "../../../src/domain/entities/entity-fields.ts";
import { ENTITY_TABLE, ENTITY_TYPES } from "../../../src/domain/entities/entity-type.ts";
import type { SqliteColumn } from "../../../src/domain/entities/field.ts";
import { openTemporaryStore } from "../../helpers/device/open-store.ts";

const DECLARED: Record<SqliteColumn, string> = {
  text: "TEXT",
  integer: "INTEGER",
  boolean: "INTEGER",
  json: "TEXT",
  "time and offset": "INTEGER",
};

describe.each(ENTITY_TYPES)("the table of %s in SQLite", (entityType) => {
  test("has the column of every field, and no other beside those of a version", () => {
    const store = openTemporaryStore();
    const rows = store.db.pragma(`table_info(${ENTITY_TABLE[entityType]})`) as {
      name: string;
      type: string;
    }[];
    store.remove();
    const expected = Object.entries(ENTITY_FIELDS[entityType]).flatMap(([name, { columns }]) => {
      const column = [name, DECLARED[columns.sqlite]];
      return columns.sqlite === "time and offset" ? [column, [`${name}_offset`, "INTEGER"]] : [column];
    });
    const ofVersions = ["created_at", "updated_at", "deleted_at", "extra", "content_hash"];
    const ofSync = ["revision", "acked_revision", "base_updated_at", "base_hash"];
    const content = rows.filter(({ name }) => ![...ofVersions, ...ofSync].includes(name));
    expect(content.map(({ name, type }) => [name, type]).sort()).toEqual(expected.sort());
  });
});
