import { spawn } from "node:child_process";
import { createOutput, type Output } from "../output/output.ts";
import type { Line } from "../output/terminal-style.ts";
import type { Context } from "./context.ts";
import { styleOf } from "./style.ts";

/** Bytes that may wait for a slow reader before the next are made. */
const MAX_WAITING_BYTES = 64 * 1024;
/** The options of less where LESS has none, as git gives them: leave when all fits, pass colours, keep the screen. */
const LESS = "FRX";
/** What a shell answers where the pager cannot be run, or is not there. */
const NOT_RUN = [126, 127];

/** Prints lines, on a terminal with fewer rows through a pager. `make` is called anew where that cannot be run. */
export async function printPaged(
  context: Context,
  { pager = true }: { pager?: boolean | undefined },
  make: () => Iterable<readonly Line[]>,
): Promise<void> {
  const command = pager ? pagerOf(context) : null;
  const rows = context.stdout.stream.rows ?? 0;
  if (!command || rows === 0) return await printBlocks(context.stdout, make());
  const blocks = make()[Symbol.iterator]();
  const first: Line[] = [];
  while (first.length < rows) {
    const block = blocks.next();
    if (block.done) return context.stdout.writeLines(first);
    first.push(...block.value);
  }
  try {
    if (await page(context, command, first, { [Symbol.iterator]: () => blocks })) return;
  } finally {
    blocks.return?.();
  }
  await printBlocks(context.stdout, make());
}

/** The command of MOODSYNC_PAGER, else of PAGER, else less; null for none, which is also what an empty one and cat mean. */
function pagerOf(context: Context): string | null {
  const { env, stdout } = context;
  if (!stdout.isTTY || env.TERM === "dumb" || styleOf(context).isPlain) return null;
  const command = (env.MOODSYNC_PAGER ?? env.PAGER ?? "less").trim();
  return command === "" || command === "cat" ? null : command;
}

/** Prints blocks of lines one after the other. Ends early when nobody reads any more. */
async function printBlocks(output: Output, blocks: Iterable<readonly Line[]>): Promise<void> {
  for (const lines of blocks) {
    output.writeLines(lines);
    if (!(await drained(output))) return;
  }
}

/** Waits while much has been written that was not read. False when nobody reads any more. */
export async function drained({ stream, writableLength }: Output): Promise<boolean> {
  if (writableLength > MAX_WAITING_BYTES) await new Promise<void>((done) => stream.write("", () => done()));
  return !stream.destroyed && !stream.errored;
}

/** False where the pager could not be run. Ctrl-C is the pager's own while it runs. */
async function page(
  context: Context,
  command: string,
  first: readonly Line[],
  rest: Iterable<readonly Line[]>,
): Promise<boolean> {
  context.onSignal("SIGINT", () => {});
  const env = { LESS, LV: "-c", ...context.env };
  const child = spawn(command, { shell: true, stdio: ["pipe", "inherit", "inherit"], env });
  const ended = new Promise<number | null>((resolve) => {
    child.on("error", () => resolve(NOT_RUN[0]!));
    child.on("close", resolve);
  });
  child.stdin.on("error", () => {}); // left before the end
  const output = createOutput(child.stdin);
  output.writeLines(first);
  if (await drained(output)) await printBlocks(output, rest);
  child.stdin.end();
  return !NOT_RUN.includes((await ended) ?? 0);
}
