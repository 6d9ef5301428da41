import type { Undone } from "../local/versions/undo.ts";
import { textLines } from "../output/terminal-text.ts";
import { undoneLines } from "../output/undone-lines.ts";
import type { Context } from "./context.ts";
import { lineContext, type OutputOptions, printJson } from "./output-options.ts";
import { showNoticeOfChanges } from "./safety.ts";

/** Prints what was undone or done again. `labels` are those of activities as they were named before. */
export function printUndone(
  context: Context,
  options: OutputOptions,
  given: { verb: "Took back" | "Done again"; undone: Undone; labels: ReadonlyMap<string, string> },
): void {
  const { verb, undone, labels } = given;
  context.changed();
  const safety = showNoticeOfChanges(context, undone.changes);
  if (options.json) {
    const changes = undone.changes.map(({ entityType, ...change }) => ({
      entity_type: entityType,
      ...change,
    }));
    printJson(context, { command: undone.command, changes, safety });
    return;
  }
  if (options.quiet) return;
  const line = lineContext(context, labels);
  context.stdout.write(textLines(undoneLines(verb, undone.changes, line)));
}
