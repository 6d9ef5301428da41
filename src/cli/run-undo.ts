import type { UndoneSummary } from "../entries/undo-last.ts";
import { openStagedRows } from "../local/storage/staged-rows.ts";
import type { RevertedChange } from "../local/versions/revert-command.ts";
import { printableJson, textLines } from "../output/terminal-text.ts";
import { undoneLines } from "../output/undone-lines.ts";
import type { Context } from "./context.ts";
import { interruptibleSteps } from "./in-steps.ts";
import { lineContext, type OutputOptions } from "./output-options.ts";
import { drained } from "./pager.ts";
import { showNoticeOfResults } from "./safety.ts";

/** Runs an undo or a redo in steps and prints what it did; null, and nothing is printed, where there was nothing to do. */
export async function runUndo(
  context: Context,
  options: OutputOptions,
  given: {
    verb: "Took back" | "Done again";
    /** Those of activities, as they are to be named. */
    labels(): ReadonlyMap<string, string>;
    steps(onReverted: (change: RevertedChange) => void): Generator<void, UndoneSummary | null>;
  },
): Promise<UndoneSummary | null> {
  const { verb, labels, steps } = given;
  const run = interruptibleSteps(
    context,
    `Nothing was ${verb === "Took back" ? "taken back" : "done again"}.`,
  );
  const changes = openStagedRows<RevertedChange>({ areSmall: true });
  try {
    const undone = await run(
      steps((change) => {
        if (options.json)
          changes.add({ key: `${change.entityType} ${change.id}`, group: null, content: change });
      }),
    );
    if (!undone) return null;
    context.changed();
    const safety = showNoticeOfResults(context, undone.recentResults);
    if (options.json) {
      const before = `{"command":${printableJson(undone.command)},"changes":[`;
      await printChanges(context, changes.list(), {
        before,
        after: `],"safety":${printableJson(safety)}}\n`,
      });
    } else if (!options.quiet) {
      const line = lineContext(context, labels());
      context.stdout.write(textLines(undoneLines(verb, undone, line)));
    }
    return undone;
  } finally {
    changes.close();
  }
}

/** Changes that are written together. */
const CHANGES_A_STEP = 500;

/** Ends early when nobody reads any more. */
async function printChanges(
  context: Context,
  changes: Iterable<{ content: RevertedChange }>,
  { before, after }: { before: string; after: string },
): Promise<void> {
  const { stdout } = context;
  const run = interruptibleSteps(context, "It was done, but not all of it was printed.");
  const texts = textsOf(changes);
  try {
    stdout.write(before);
    while (await run(printSome(stdout, texts))) if (!(await drained(stdout))) return;
    stdout.write(after);
  } finally {
    texts.return();
  }
}

function* textsOf(changes: Iterable<{ content: RevertedChange }>): Generator<string, void> {
  let separator = "";
  for (const { content } of changes) {
    const { entityType, ...change } = content;
    yield `${separator}${printableJson({ entity_type: entityType, ...change })}`;
    separator = ",";
  }
}

/** False where that was the last of them. */
// biome-ignore lint/correctness/useYield: it is one step
function* printSome(stdout: Context["stdout"], texts: Generator<string, void>): Generator<void, boolean> {
  for (let count = 0; count < CHANGES_A_STEP; count++) {
    const { value, done } = texts.next();
    if (done) return false;
    stdout.write(value!);
  }
  return true;
}
