import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { copyDatabase, createDatabase } from "./postgres-databases.ts";

/** The URL of a new, empty database, which is dropped when the run ends. */
export function createTestDatabase(): Promise<string> {
  return createDatabase(inject("postgresUrl"), newName());
}

/** The URL of a copy of a database as it is now; nobody may be connected with it. */
export function copyTestDatabase(url: string): Promise<string> {
  return copyDatabase(url, newName());
}

function newName(): string {
  return `${inject("databasePrefix")}${randomBytes(4).toString("hex")}`;
}
