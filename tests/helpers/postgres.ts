import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { createDatabase } from "./postgres-databases.ts";

/** The URL of a new, empty database, which is dropped when the run ends. */
export function createTestDatabase(): Promise<string> {
  const name = `${inject("databasePrefix")}${randomBytes(4).toString("hex")}`;
  return createDatabase(inject("postgresUrl"), name);
}
