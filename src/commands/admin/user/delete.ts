import { type AnyCommand, Command } from "../../../cli/command.ts";
import type { Context } from "../../../cli/context.ts";
import { onDatabase, withAdminOptions } from "../../../cli/on-database.ts";
import { answer } from "../../../cli/output-options.ts";
import { openLineReader } from "../../../cli/read-lines.ts";
import { EXIT_CODE } from "../../../domain/exit-code.ts";
import { MoodsyncError } from "../../../domain/moodsync-error.ts";
import { textLines } from "../../../output/terminal-text.ts";

/** What has to be typed, so that no habit answers. */
const WORD = "delete";

export default function deleteUser(context: Context): AnyCommand {
  const command = new Command()
    .description(
      "Delete an account for good, with its keys and all that its devices have stored on this server. The devices keep what they have; backups of the database do, too.",
    )
    .argument("<account>", "the account's id")
    .option("-y, --yes", "do not ask");
  return withAdminOptions(command).action(async (userId, { yes, ...options }) => {
    const { removeUser, requireUser } = await import("../../../../server/accounts/accounts.ts");
    await onDatabase(context, options, (db) => requireUser(db, userId));
    if (!yes && !(await isTyped(context))) {
      context.stderr.write("Nothing was deleted.\n");
      return context.exitWith(EXIT_CODE.failure);
    }
    await onDatabase(context, options, (db) => removeUser(db, userId));
    context.changed("`moodsync admin user list` shows what is there.");
    answer(context, options, {
      line: "Deleted the account with all that was stored of it on this server.",
      json: { user_id: userId, deleted: true },
    });
  });
}

async function isTyped(context: Context): Promise<boolean> {
  const { stdin, stderr } = context;
  if (!stdin.isTTY || !stderr.isTTY) {
    throw new MoodsyncError("usage", "This deletes an account for good.", {
      hint: "Add --yes to do it without being asked.",
    });
  }
  stderr.write(
    textLines([
      "This deletes the account for good, with its keys and all that its devices have stored here.",
    ]),
  );
  const reader = openLineReader(context);
  try {
    return (await reader.ask(`Type ${WORD} to go on: `)) === WORD;
  } finally {
    reader.close();
  }
}
