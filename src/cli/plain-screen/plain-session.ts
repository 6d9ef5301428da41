import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { toMoodsyncError } from "../../files/system-error.ts";
import type { Line, TerminalStyle } from "../../output/terminal-style.ts";
import type { Message } from "../../tui/components/message.ts";
import type { ScreenDevice } from "../../tui/view-props.ts";
import type { Context } from "../context.ts";
import type { LineReader } from "../read-lines.ts";
import { sayLines } from "../say-lines.ts";
import { styleOf } from "../style.ts";

/** The screens as a stream of lines, for somebody who hears them. */
export interface PlainSession {
  context: Context;
  device: ScreenDevice;
  reader: LineReader;
}

/** What stands between the parts of a line. */
export const IN_WORDS = { separator: ", " };

/** Says lines that are drawn in plain words. */
export function sayDrawn(
  { context }: Pick<PlainSession, "context">,
  draw: (columns: number, style: TerminalStyle) => readonly Line[],
): void {
  sayLines(context, draw(Number.POSITIVE_INFINITY, styleOf(context, context.stderr)));
}

export function sayMessage({ context }: Pick<PlainSession, "context">, message: Message | null): void {
  if (message) sayLines(context, [message.text, ...(message.hint ? [message.hint] : [])]);
}

/** Does something that may fail, says why where it does, and goes on. Throws `interrupted`. */
export async function orSayWhy(
  session: Pick<PlainSession, "context">,
  work: () => void | Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof MoodsyncError && error.code === "interrupted") throw error;
    const { message, hint } = toMoodsyncError(error);
    sayMessage(session, { tone: "problem", text: message, hint });
  }
}
