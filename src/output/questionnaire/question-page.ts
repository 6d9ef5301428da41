import type { AnswerableInstrument } from "../../assessments/instrument.ts";
import { DIFFICULTY_QUESTION } from "../../assessments/instruments/phq-family.ts";
import { optionsOf, type Questionnaire, stepOf } from "../../assessments/questionnaire.ts";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import type { KeyHelp } from "../screen/keys-line.ts";
import type { Line, TerminalStyle } from "../terminal-style.ts";
import { wrapWords } from "../wrap-words.ts";
import { type Page, prose, type Size } from "./page.ts";
import { openWords, waitingLine } from "./questions-in-words.ts";

/** Options stand with a blank row between them from this size on. */
const SPACIOUS_ROWS = 24;
const LEAVE: KeyHelp = ["Esc", "leave, goes on later", "leave"];

/** What stands before the first question. `lastTaken` says when it was last taken, where the questions look back on that;
 *  null: they do not. */
export function firstPage(
  instrument: AnswerableInstrument,
  given: { hasShorter: boolean; lastTaken: string | null },
  size: Size,
  style: TerminalStyle,
): Page {
  const { name, questions, recallWords, licence } = instrument;
  const { hasShorter, lastTaken } = given;
  const text = (words: string) => prose(words, size, style);
  return {
    head: { name, at: `${questions.items.length} questions` },
    blocks: [
      {
        lines: text(
          `${questions.items.length} questions, ${questions.duration}. They look back ${recallWords}.`,
        ),
      },
      ...questions.beforehand.map((words) => ({ lines: text(words) })),
      ...(lastTaken === null ? [] : [{ lines: text(lastTaken), isExtra: true }]),
      ...(hasShorter
        ? [
            {
              lines: [
                style.line("    ", style.bold("8"), "   The PHQ-8 instead, which leaves that question out"),
              ],
            },
          ]
        : []),
      {
        lines: text(
          "Your answers are kept on this device at each step. If you leave, they wait for 24 hours.",
        ),
      },
      { lines: prose(licence.text, size, style, style.dim) },
    ],
    keys: [
      ["?", "keys"],
      ["Enter", "begin"],
      ...(hasShorter ? [["8", "PHQ-8"] as const] : []),
      ["H", "support lines", "support"],
      ["Esc", "leave"],
    ],
  };
}

/** Asks what is to become of answers that wait. */
export function waitingPage(
  waiting: { questionnaire: Questionnaire; savedAtMs: number },
  now: ZonedTime,
  size: Size,
  style: TerminalStyle,
): Page {
  const { instrument, answers } = waiting.questionnaire;
  return {
    head: { name: instrument.name, at: "begun", progress: answeredShare(answers) },
    blocks: [
      { lines: prose(waitingLine(waiting, now), size, style) },
      {
        lines: [
          style.line("    ", style.bold("Enter"), "   Go on where it was left"),
          style.line("    ", style.bold("n"), "       Begin anew; the earlier answers go"),
        ],
      },
    ],
    keys: [["?", "keys"], ["Enter", "go on"], ["n", "begin anew"], LEAVE],
  };
}

/** One question with what can be answered. */
export function questionPage(questionnaire: Questionnaire, size: Size, style: TerminalStyle): Page {
  const { instrument, answers } = questionnaire;
  const { stem, items } = instrument.questions;
  const step = stepOf(questionnaire);
  if (step.kind === "end") return openPage(questionnaire, size, style);
  const options = optionsOf(questionnaire);
  const range = `${options[0]!.value}–${options.at(-1)!.value}`;
  const isItem = step.kind === "item";
  const skip = isItem ? step.item.skip : undefined;
  return {
    head: {
      name: instrument.name,
      at: isItem ? `question ${step.number} of ${items.length}` : "one more, not scored",
      progress: answeredShare(answers),
    },
    blocks: [
      ...(isItem ? [{ lines: prose(stem, size, style) }] : []),
      { lines: prose(isItem ? step.item.text : DIFFICULTY_QUESTION.text, size, style, style.bold), gap: 2 },
      ...optionBlocks(
        [
          ...options.map(({ value, label }) => ({
            sign: String(value),
            label,
            isChosen: step.answer === value,
          })),
          ...(skip
            ? [{ sign: "-", label: skip.label, note: skip.note, isChosen: step.answer === null }]
            : []),
        ],
        size,
        style,
      ),
    ],
    keys: [["?", "keys"], [range, "answer"], ["←", "back"], ["→", isItem ? "forward" : "without it"], LEAVE],
  };
}

/** What stands at the end while items are open. */
function openPage(questionnaire: Questionnaire, size: Size, style: TerminalStyle): Page {
  const { instrument, answers } = questionnaire;
  return {
    head: { name: instrument.name, at: "the end", progress: answeredShare(answers) },
    blocks: [
      { lines: prose(openWords(questionnaire), size, style, style.bold) },
      {
        lines: prose(
          "A total needs every answer; none is guessed. Enter goes to the one that is open.",
          size,
          style,
        ),
      },
    ],
    keys: [["?", "keys"], ["Enter", "to the open question"], ["←", "back"], LEAVE],
  };
}

interface ShownOption {
  sign: string;
  label: string;
  note?: string;
  isChosen: boolean;
}

function optionBlocks(options: readonly ShownOption[], size: Size, style: TerminalStyle) {
  const isSpacious = size.rows >= SPACIOUS_ROWS;
  return options.map((option, index) => ({
    lines: optionLines(option, size, style),
    gap: index === 0 ? (isSpacious ? 2 : 1) : isSpacious || option.sign === "-" ? 1 : 0,
  }));
}

function optionLines(
  { sign, label, note, isChosen }: ShownOption,
  { columns }: Size,
  style: TerminalStyle,
): Line[] {
  const wrapped = wrapWords(style.words(label), columns - 10);
  const margin = isChosen ? ` ${style.glyphs.selected}  ` : "    ";
  return [
    ...wrapped.map((line, index) =>
      style.line(
        ...(index === 0 ? [margin, style.bold(sign), "   "] : ["        "]),
        isChosen ? style.bold(line) : line,
      ),
    ),
    ...(note === undefined ? [] : [style.line("        ", note)]),
  ];
}

function answeredShare(answers: Questionnaire["answers"]): number {
  return answers.filter((value) => value !== undefined).length / answers.length;
}
