import { spawn } from "node:child_process";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import {
  createEditorDraft,
  readEditorDraft,
  removeEditorDraft,
  takeUpEditorDraft,
} from "../files/editor-draft.ts";
import { systemError } from "../files/system-error.ts";
import { textLines } from "../output/terminal-text.ts";
import type { Context } from "./context.ts";

/** A text that is written in the person's editor, in a file that stays until it is stored. */
export interface TextFromEditor {
  /** Where it is written. */
  path: string;
  /** What stands in the file before. */
  initial: string;
  /** What takes it up again, as it is typed. */
  recovery: string;
  /** Goes on with what an earlier editor left there. */
  recover: boolean;
}

/** Opens the editor and runs a task on what was written. The file goes once the task has worked; where it fails, or the
 *  editor does, it stays and is named. Throws `usage` without a terminal, and where another text waits there. */
export async function withTextFromEditor<T>(
  context: Context,
  given: TextFromEditor,
  task: (text: string) => Promise<T>,
): Promise<T> {
  const { path, recovery } = given;
  if (!context.stdin.isTTY || !context.stdout.isTTY) {
    throw new MoodsyncError("usage", "An editor needs a terminal.", {
      hint: "-n - reads a note from standard input.",
    });
  }
  prepare(given);
  await runEditor(context, given);
  const text = keeping(context, given, () => readEditorDraft(path));
  if (!text) {
    // An editor that came back at once and is still open makes the file anew.
    removeEditorDraft(path);
    throw new MoodsyncError("failure", "Nothing was written in the editor, so nothing was stored.", {
      hint: `Is it still open? Save there, then \`${recovery}\`. An editor in a window has to wait: VISUAL="code --wait".`,
    });
  }
  return await storing(context, given, () => task(text));
}

/** Runs a task on what an earlier editor left, without opening one. Throws `not_found` where nothing was left. */
export async function withTextLeft<T>(
  context: Context,
  given: TextFromEditor,
  task: (text: string) => Promise<T>,
): Promise<T> {
  const text = keeping(context, given, () => takeUpEditorDraft(given.path));
  if (text) return await storing(context, given, () => task(text));
  throw new MoodsyncError("not_found", "No text of an earlier editor waits here.");
}

async function storing<T>(context: Context, given: TextFromEditor, task: () => Promise<T>): Promise<T> {
  try {
    const done = await task();
    removeEditorDraft(given.path);
    return done;
  } catch (error) {
    sayKept(context, given);
    throw error;
  }
}

/** An empty file is one that an editor was opened on and that was left so. */
function prepare({ path, initial, recovery, recover }: TextFromEditor): void {
  try {
    const left = recover ? takeUpEditorDraft(path) : readEditorDraft(path);
    if (recover && left) return;
    if (left) {
      throw new MoodsyncError("usage", `A text that was written before waits in ${path}.`, {
        hint: `\`${recovery}\` takes it; delete the file to begin anew.`,
      });
    }
    removeEditorDraft(path);
    createEditorDraft(path, initial);
  } catch (error) {
    throw systemError(error, path) ?? error;
  }
}

async function runEditor(context: Context, given: TextFromEditor): Promise<void> {
  const { env } = context;
  const editor = env.VISUAL || env.EDITOR || "vi";
  // The terminal sends Ctrl-C to both; it is the editor's.
  context.onSignal("SIGINT", () => {});
  // As git does: the variable may hold options, and the path is no part of what a shell reads.
  const child = spawn("/bin/sh", ["-c", `${editor} "$1"`, "sh", given.path], { stdio: "inherit", env });
  const code = await new Promise<number | null>((resolve) => {
    child.on("error", () => resolve(null));
    child.on("exit", (exitCode) => resolve(exitCode));
  });
  if (code === 0) return;
  const isEmpty = keeping(context, given, () => !readEditorDraft(given.path));
  if (isEmpty) removeEditorDraft(given.path);
  else sayKept(context, given);
  throw new MoodsyncError("failure", "The editor did not end well, so nothing was stored.", {
    hint: "VISUAL or EDITOR names the editor, like `export VISUAL=nano`.",
  });
}

function keeping<T>(context: Context, given: TextFromEditor, task: () => T): T {
  try {
    return task();
  } catch (error) {
    sayKept(context, given);
    throw systemError(error, given.path) ?? error;
  }
}

function sayKept({ stderr }: Context, { path, recovery }: TextFromEditor): void {
  stderr.write(textLines([`What you wrote is in ${path}; \`${recovery}\` takes it.`]));
}
