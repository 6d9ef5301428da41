import type Database from "better-sqlite3";
import { statement } from "../storage/statements.ts";

/** The ids of what the command changed that `undo` would take back now; empty where there is none. */
export function idsOfLastCommand(db: Database.Database): string[] {
  const rows = statement(
    db,
    `select id from command_changes
     where command_id = (
       select max(commands.id) from commands
       where name <> 'undo' and undone = 0
         and exists (select 1 from command_changes where command_id = commands.id)
     )`,
  ).all() as { id: string }[];
  return rows.map(({ id }) => id);
}
