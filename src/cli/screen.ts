import { EXIT_CODE } from "../domain/exit-code.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { openNoteDrafts } from "../entries/note-drafts.ts";
import { keepFewPages } from "../local/storage/database.ts";
import { readRow } from "../local/versions/rows.ts";
import { type TerminalStyle, terminalStyle } from "../output/terminal-style.ts";
import { readSettings } from "../settings/settings-file.ts";
import type { Ending, Terminal } from "../tui/terminal/run-app.tsx";
import type { ScreenDevice } from "../tui/view-props.ts";
import type { Context } from "./context.ts";
import { hookProblem } from "./fire-hook.ts";
import { growHeap } from "./heap-flags.ts";
import { openDevice } from "./open-device.ts";
import { entityJson, printNotice } from "./output-options.ts";
import { noticeOnScreen } from "./safety.ts";
import { styleOf } from "./style.ts";

/** The terminal for a screen. Throws `usage` where there is none; `instead` names the commands that do the same. */
export function terminalOf(context: Context, instead: string): Terminal {
  const { stdin, stdout, env } = context;
  if (!stdin.isTTY || !stdout.isTTY) throw new MoodsyncError("usage", `This needs a terminal; ${instead}`);
  if (env.TERM === "dumb") {
    throw new MoodsyncError("usage", `This terminal cannot show a screen; ${instead}`, {
      hint: "With --plain it asks line by line instead.",
    });
  }
  styleOf(context);
  return {
    input: stdin as NodeJS.ReadStream,
    output: stdout.stream as NodeJS.WriteStream,
    onSignal: context.onSignal,
    onUncaught: context.onUncaught,
    style: () => screenStyle(context),
    hasMouse: () => readSettings(context.home.configDir).mouse,
  };
}

/** Whether somebody on a terminal wants words in place of a screen. */
export function isInPlainWords(context: Context): boolean {
  const { stdin, stderr } = context;
  return stdin.isTTY === true && stderr.isTTY && styleOf(context, stderr).isPlain;
}

/** As the settings are now. What is wrong with them was said before the screen opened. */
function screenStyle({ stdout, env, home, styleOptions }: Context): TerminalStyle {
  return terminalStyle({ stream: stdout, env, settings: readSettings(home.configDir), ...styleOptions });
}

/** A screen waits most of the time and may be open for days. V8 lets the heap of such a process grow to several times what
 *  is in use and keeps it so: 110 MB above a bare Node after some scrolling, of which 15 MB were in use. */
const SLOWLY = { "semi-space-growth-factor": 1, "heap-growing-percent": 10 };

/** The device that the screens are opened on. `hooksEnded` is to be awaited when they have closed: it says what went wrong
 *  with the person's own programs, for which there is no room on a screen. */
export async function openScreenDevice(
  context: Context,
): Promise<ScreenDevice & { hooksEnded(): Promise<void> }> {
  const device = await openDevice(context);
  growHeap(SLOWLY);
  keepFewPages(device.db);
  const running: Promise<string | null>[] = [];
  return {
    ...device,
    safety: () => noticeOnScreen(context),
    logged({ entityType, id }) {
      const entity = readRow(device.db, entityType, id)?.entity;
      if (entity) running.push(hookProblem(context, "on-log", { entity: entityJson(entityType, entity) }));
    },
    async hooksEnded() {
      for (const problem of new Set(await Promise.all(running))) {
        if (problem !== null) printNotice(context, {}, problem);
      }
    },
  };
}

/** Says where a note is that was typed and not stored, when something else than the person has ended the screen. */
export function printKeptNote(context: Context, device: ScreenDevice): void {
  const drafts = openNoteDrafts(device.home);
  const file = drafts.moodIds().map(drafts.fileOf).at(-1);
  if (!file) return;
  printNotice(context, {}, `The note that you typed is kept in ${file}; \`moodsync tui\` offers it.`);
}

/** Ends the command as its screen was left. */
export function endAs(context: Context, ending: Ending): void {
  if (ending === "interrupted") context.exitWith(EXIT_CODE.interrupted);
  else if (ending !== "quit") context.endBySignal(ending);
}
