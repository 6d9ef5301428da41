import type { Questionnaire } from "../../assessments/questionnaire.ts";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import { pageLines, type Size } from "../../output/questionnaire/page.ts";
import type { TerminalStyle } from "../../output/terminal-style.ts";
import type { Key } from "../keyboard/key.ts";
import { listenToKeys } from "../keyboard/listen-to-keys.ts";
import { holdTerminal } from "../terminal/hold-terminal.ts";
import type { EndingSignal, Terminal } from "../terminal/run-app.tsx";
import { createScreen } from "../terminal/screen.ts";
import { waitForEnding } from "../terminal/wait-for-ending.ts";
import { hasRoom, pageOfView } from "./page-of-view.ts";
import type { FormEnding, QuestionnaireForm } from "./questionnaire-form.ts";
import { afterKey, afterPaint, firstView, openPage } from "./questionnaire-view.ts";

/** Asks the questions of an instrument one a page on the terminal's other screen, which is then as it was before. Without
 *  Ink: a page is some lines, and waiting for React would be most of the start. Comes back with the answers
 *  and how it ended: a form that somebody left by a key, Ctrl-C ("interrupted"), the signal that asked for the end, or
 *  the error that kept it from going on. */
export async function askOnScreen(
  form: QuestionnaireForm,
  terminal: Terminal,
  now: () => ZonedTime,
): Promise<{
  ending: FormEnding | "interrupted" | EndingSignal | Error;
  questionnaire: Questionnaire | null;
}> {
  const { input, output } = terminal;
  const style = terminal.style();
  const screen = createScreen(output);
  const outside = waitForEnding(terminal);
  let view = firstView(form);
  let end: (ending: FormEnding) => void = () => {};
  const left = new Promise<FormEnding>((resolve) => {
    end = resolve;
  });

  function paint(): void {
    const { columns, rows } = screen.stream;
    screen.stream.write(linesFor({ columns, rows }).join("\n"));
    if (openPage(view) === "safety" && hasRoom({ columns, rows })) form.safety.wasShown(view.questionnaire!);
  }

  function linesFor(size: Size): readonly string[] {
    if (!hasRoom(size)) return tooSmall(size, style);
    return pageLines(pageOfView(view, form, now(), size, style), size, style);
  }

  function onKeys(keys: readonly Key[]): void {
    for (const key of keys) {
      if (key.name === "control" && key.letter === "c") {
        outside.end("interrupted");
        return;
      }
      // Nobody answers what they cannot read.
      if (!hasRoom(screen.stream) && key.name !== "escape") continue;
      const before = view;
      view = afterKey(view, key, form);
      if (view.ending) {
        end(view.ending);
        return;
      }
      if (view.isUnstored) {
        paint();
        view = afterPaint(view, form);
      }
      // What was typed ahead was no answer to the notice.
      if (openPage(view) === "safety" && openPage(before) !== "safety") break;
    }
    paint();
  }

  function endingAtErrors(work: () => void): void {
    try {
      work();
    } catch (error) {
      outside.end(error as Error);
    }
  }

  const giveBack = holdTerminal(terminal, screen);
  screen.stream.on("resize", () => endingAtErrors(paint));
  const stop = listenToKeys(input, (keys) => endingAtErrors(() => onKeys(keys)));
  try {
    paint();
    const ending = await Promise.race([left, outside.ended]);
    return { ending: ending === "quit" ? "left" : ending, questionnaire: view.questionnaire };
  } catch (error) {
    return { ending: error as Error, questionnaire: view.questionnaire };
  } finally {
    stop();
    giveBack();
  }
}

function tooSmall({ columns, rows }: Size, style: TerminalStyle): string[] {
  const words = [
    "The questions need 60 × 20 characters,",
    `this terminal has ${columns} × ${rows}.`,
    "Make it larger, or press Esc:",
    "your answers wait.",
  ];
  return words.slice(0, rows).map((line) => style.line(line));
}
