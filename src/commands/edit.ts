import { type AnyCommand, Command } from "../cli/command.ts";
import { confirm } from "../cli/confirm.ts";
import type { Context } from "../cli/context.ts";
import { type EditOptions, readEdit, withEditOptions } from "../cli/edit-options.ts";
import { withTextFromEditor } from "../cli/edit-text.ts";
import { entryForm, formOfVersion, readEntryForm } from "../cli/entry-form.ts";
import { nowHere, printNotice, withOutputOptions } from "../cli/output-options.ts";
import { runEdit } from "../cli/run-edit.ts";
import { EXIT_CODE } from "../domain/exit-code.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { findEntry } from "../entries/find-entry.ts";
import { formDraftFile } from "../entries/old-drafts.ts";
import { replaceEditorDraft } from "../files/editor-draft.ts";
import { shownLabels } from "../local/queries/activities.ts";
import { shortId } from "../local/queries/short-id.ts";
import { entityLine } from "../output/entity-line.ts";
import { textLines } from "../output/terminal-text.ts";

export default function edit(context: Context): AnyCommand {
  const command = new Command()
    .description(
      'Change fields of one entry; "" removes what may be missing. Earlier versions stay in its history.',
    )
    .argument("<id>", "its id, the first 4 or more characters of it, or @last")
    .option("--recover", "take what an earlier editor left");
  return withOutputOptions(withEditOptions(command)).action(async (reference, options) => {
    const { json, quiet, create, recover, ...changes } = options;
    const store = async (given: EditOptions, meant = reference) => {
      const editOf = await readEdit(context, given);
      await runEdit(context, given, { command: "edit", editOf, find: (db) => findEntry(db, meant) });
    };
    const isInEditor = Object.keys(changes).length === 0 && context.stdin.isTTY && context.stdout.isTTY;
    if (!isInEditor && !recover) return store(options);
    const outputs = { ...(json ? { json } : {}), ...(quiet ? { quiet } : {}), ...(create ? { create } : {}) };
    await editInForm(context, { reference, recover: recover ?? false, outputs, store });
  });
}

/** Opens the entry as a form until it can be stored, or somebody gives up; what was written stays then. */
async function editInForm(
  context: Context,
  given: {
    reference: string;
    recover: boolean;
    outputs: EditOptions;
    store(options: EditOptions, id: string): Promise<void>;
  },
): Promise<void> {
  const db = await context.databaseToRead();
  const row = findEntry(db, given.reference);
  const line = entityLine(row.entityType, row.entity!, { now: nowHere(context), labels: shownLabels(db) });
  const draft = {
    path: formDraftFile(context.home.stateDir, row.id),
    initial: entryForm(db, row, line),
    recovery: `moodsync edit ${shortId(db, row.id)} --recover`,
  };
  for (let { recover } = given; ; recover = true) {
    try {
      return await withTextFromEditor(context, { ...draft, recover }, async (text) => {
        const standing = findEntry(db, row.id);
        const { options, changedSince } = readEntryForm(db, standing, text);
        if (changedSince.length > 0) {
          replaceEditorDraft(draft.path, formOfVersion(standing, text));
          throw changedMeanwhile(changedSince, shortId(db, row.id));
        }
        if (Object.keys(options).length > 0) return given.store({ ...given.outputs, ...options }, row.id);
        printNotice(
          context,
          given.outputs,
          `Nothing was changed. Is the editor still open? Save there, then \`${draft.recovery}\`.`,
        );
      });
    } catch (error) {
      if (!(error instanceof MoodsyncError) || error.code !== "invalid_input") throw error;
      context.stderr.write(textLines([error.message, ...(error.hint ? [error.hint] : [])]));
      if (!(await confirm(context, "Open it again?"))) return context.exitWith(EXIT_CODE.invalid_input);
    }
  }
}

/** Said once: the form is then one of the version that stands, because somebody knows of that. */
function changedMeanwhile(fields: readonly string[], id: string): MoodsyncError {
  const message = `The entry was changed since this form was made, in what the form changes, too: ${fields.join(", ")}. Nothing was stored.`;
  return new MoodsyncError("invalid_input", message, {
    hint: `\`moodsync show ${id}\` shows it as it is now. To store the form as it is, save it once more.`,
  });
}
