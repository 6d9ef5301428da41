import type Database from "better-sqlite3";
import { statement } from "../storage/statements.ts";

/** Keeps the names of the account's devices, as the server reported them. */
export function storeAccountDevices(
  db: Database.Database,
  devices: { id: string; label: string | null }[],
): void {
  statement(db, "delete from account_devices").run();
  for (const { id, label } of devices) {
    statement(db, "insert or replace into account_devices (id, label) values (?, ?)").run(id, label);
  }
}

/** Names of the account's devices by id, as far as the server reported them. */
export function readAccountDevices(db: Database.Database): Map<string, string | null> {
  const rows = statement(db, "select id, label from account_devices").all() as {
    id: string;
    label: string | null;
  }[];
  return new Map(rows.map(({ id, label }) => [id, label]));
}
