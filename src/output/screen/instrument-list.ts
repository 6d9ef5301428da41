import type { AnswerableInstrument } from "../../assessments/instrument.ts";
import { DAY_MS } from "../../domain/time/durations.ts";
import type { ZonedTime } from "../../domain/time/timestamp.ts";
import { dateWords } from "../date-words.ts";
import { fitLine, padParts } from "../fit-line.ts";
import type { Line, TerminalStyle } from "../terminal-style.ts";

export interface InstrumentList {
  instruments: readonly {
    instrument: AnswerableInstrument;
    /** In ms; null: never. */
    lastTakenMs: number | null;
    isDue: boolean;
  }[];
  selected: number;
  now: ZonedTime;
}

/** The assessments that can be taken: how long each is, when it was last taken, and from when on its questions ask about
 *  other days. Never a score. */
export function instrumentList(
  { instruments, selected, now }: InstrumentList,
  { columns, rows }: { columns: number; rows: number },
  style: TerminalStyle,
): Line[] {
  if (style.isPlain) {
    return instruments.map(({ instrument, lastTakenMs, isDue }) => {
      const { name, questions } = instrument;
      const when = isDue ? "due" : whenWords(instrument, lastTakenMs, now);
      return style.line(`${name}: ${questions.items.length} questions, ${questions.duration}, ${when}.`);
    });
  }
  const first = Math.max(0, Math.min(instruments.length - rows, selected - Math.floor(rows / 2)));
  return instruments.slice(first, first + rows).map(({ instrument, lastTakenMs, isDue }, at) => {
    const isSelected = first + at === selected;
    const { name, questions } = instrument;
    const size = `${String(questions.items.length).padStart(2)} questions, ${questions.duration}`;
    return fitLine(
      columns,
      [
        isSelected ? ` ${style.glyphs.selected}` : "  ",
        ...padParts(8, [isSelected ? style.bold(name) : name], style),
        ...padParts(35, [size], style),
        isDue ? "due" : whenWords(instrument, lastTakenMs, now),
      ],
      style,
    );
  });
}

/** "taken 11 Nov, again from 25 Nov". */
function whenWords({ recallDays }: AnswerableInstrument, lastTakenMs: number | null, now: ZonedTime): string {
  if (lastTakenMs === null) return "not taken yet";
  const date = (ms: number) =>
    dateWords({ ms, offsetMinutes: now.offsetMinutes }, now, { weekday: false, long: false });
  const againMs = lastTakenMs + recallDays * DAY_MS;
  const taken = `taken ${date(lastTakenMs)}`;
  return againMs > now.ms ? `${taken}, again from ${date(againMs)}` : taken;
}
