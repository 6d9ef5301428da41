import { findInstrument } from "../../assessments/find-instrument.ts";
import type { Instrument } from "../../assessments/instrument.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { comparableText } from "../../domain/text/text.ts";
import type { ColumnMeaning, Scale } from "../formats/format.ts";
import { parseScale } from "./scale.ts";

/** What the columns of a person's own sheet mean, by their number from 0. */
export interface SheetColumns {
  meaning: Partial<Record<ColumnMeaning, number>>;
  /** What the heading of the mood says of its scale. */
  scale: Scale | null;
  /** Columns with the total and the items of an instrument. */
  instruments: { instrument: Instrument; total: number | null; items: ReadonlyMap<number, number> }[];
  /** Where each row names a test. */
  test: { name: number; score: number; items: readonly number[] } | null;
  /** All others, with their headings. */
  others: ReadonlyMap<number, string>;
}

const HEADINGS: Record<ColumnMeaning, readonly string[]> = {
  date: [
    ..."date day datum tag timestamp zeitstempel fecha data dia jour dzie\u0144 \u0434\u0430\u0442\u0430 \u65e5\u4ed8 \u65e5\u671f".split(
      " ",
    ),
    ..."datetime date/time d\u00eda giorno dag dato entry_time entry_date date_time".split(" "),
  ],
  time: "time uhrzeit zeit heure hora ora tijd godzina \u0432\u0440\u0435\u043c\u044f \u6642\u523b \u65f6\u95f4 \u6642\u9593".split(
    " ",
  ),
  mood: [
    ..."mood rating stimmung laune humeur \u00e1nimo humor umore stemming hum\u00f8r hum\u00f6r nastr\u00f3j \u043d\u0430\u0441\u0442\u0440\u043e\u0435\u043d\u0438\u0435 \u6c17\u5206 \u5fc3\u60c5".split(
      " ",
    ),
    ..."moodlevel mood_level happiness_score mood_score".split(" "),
    "mood level",
    "mood score",
    "mood rating",
    "estado de \u00e1nimo",
  ],
  tags: "tags activities activity aktivit\u00e4ten aktivit\u00e4t activit\u00e9s actividades attivit\u00e0 atividades activiteiten aktywno\u015bci \u0437\u0430\u043d\u044f\u0442\u0438\u044f \u6d3b\u52d5 \u6d3b\u52a8".split(
    " ",
  ),
  note: "note notes comment comments notiz notizen kommentar kommentare nota notas commentaire commentaires opmerking notitie notities notat anteckning notatka \u0437\u0430\u043c\u0435\u0442\u043a\u0430 \u30e1\u30e2 \u5907\u6ce8 \u5099\u8a3b journal".split(
    " ",
  ),
};

const MEANINGS = Object.keys(HEADINGS) as ColumnMeaning[];

/** What the headings mean, or what the person says of them. Throws `invalid_input` where two have one meaning, and where one
 *  that was named is not there. */
export function sheetColumns(
  heading: readonly string[],
  given: Partial<Record<ColumnMeaning, string>> | undefined,
): SheetColumns {
  const names = heading.map((cell) => comparableText(cell.replace(/^\ufeff/, "")));
  const plain = names.map((name) => name.replace(/\s*\([^)]*\)\s*$/, ""));
  const meaning: SheetColumns["meaning"] = {};
  const taken = new Set<number>();
  for (const one of MEANINGS) {
    const named = given?.[one];
    const wanted = named === undefined ? new Set(HEADINGS[one]) : new Set([comparableText(named)]);
    const found = names.flatMap((name, index) =>
      !taken.has(index) && (wanted.has(name) || wanted.has(plain[index]!)) ? [index] : [],
    );
    if (found.length > 1) throw columnsError(`Two columns may be the ${one} of an entry.`, heading);
    if (named !== undefined && found.length === 0) {
      throw columnsError(`No column has the heading that is to be the ${one}.`, heading);
    }
    if (found.length === 1) {
      meaning[one] = found[0]!;
      taken.add(found[0]!);
    }
  }
  const test = testColumns(plain);
  const instruments = test ? [] : instrumentColumns(plain);
  for (const { total, items } of instruments) {
    if (total !== null) taken.add(total);
    for (const index of items.values()) taken.add(index);
  }
  for (const index of test ? [test.name, test.score, ...test.items] : []) taken.add(index);
  const moodName = meaning.mood === undefined ? "" : names[meaning.mood]!;
  return {
    meaning,
    scale: parseScale(/\(([^)]*)\)\s*$/.exec(moodName)?.[1] ?? ""),
    instruments,
    test,
    others: new Map(
      [...heading.entries()].filter(([index, cell]) => !taken.has(index) && cell.trim() !== ""),
    ),
  };
}

/** The headings are of the file's form, and what somebody needs who looks for the right one. */
export function columnsError(sentence: string, heading: readonly string[]): MoodsyncError {
  return new MoodsyncError("invalid_input", sentence, {
    hint: `The headings are: ${heading.slice(0, 40).join(", ")}. --columns date=…,mood=… says which is which. Nothing was changed.`,
  });
}

function testColumns(names: readonly string[]): SheetColumns["test"] {
  const [name, score] = [names.indexOf("test"), names.findIndex((one) => one === "score" || one === "total")];
  if (name === -1 || score === -1) return null;
  const items = names.flatMap((one, index) => {
    const [, number] = /^(?:item|q|question)[ _.-]?(\d{1,2})$/.exec(one) ?? [];
    return number === undefined ? [] : [[Number(number), index] as const];
  });
  return { name, score, items: items.sort(([a], [b]) => a - b).map(([, index]) => index) };
}

function instrumentColumns(names: readonly string[]): SheetColumns["instruments"] {
  const byName = new Map<
    string,
    { instrument: Instrument; total: number | null; items: Map<number, number> }
  >();
  const columnsOf = (instrument: Instrument) => {
    const known = byName.get(instrument.name) ?? { instrument, total: null, items: new Map() };
    byName.set(instrument.name, known);
    return known;
  };
  for (const [index, name] of names.entries()) {
    const total = findInstrument(name.replace(/[ _.-]*(total|sum|score|summe|gesamt)$/, ""));
    if (total) {
      columnsOf(total).total ??= index;
      continue;
    }
    const [, base, number] = /^(.+?)[ _.-]*(?:[ _.-]|[ _.-](?:q|item))[ _.-]?(\d{1,2})$/.exec(name) ?? [];
    const instrument = base === undefined ? undefined : findInstrument(base);
    if (instrument) columnsOf(instrument).items.set(Number(number), index);
  }
  return [...byName.values()];
}
