import type { Instrument, PublishedChange } from "../assessments/instrument.ts";
import { wrapWords } from "./wrap-words.ts";

const INDENT = "  ";

/** Where each instrument comes from, one after the other; wrapped where the columns are known. */
export function sourceLines(
  instruments: readonly Instrument[],
  { columns }: { columns: number | undefined },
): string[] {
  return instruments.flatMap((instrument, index) => [
    ...(index === 0 ? [] : [""]),
    `${instrument.name}  ${howTaken(instrument)}`,
    ...factsOf(instrument).flatMap(([name, text]) => paragraph(`${name}: ${text}`, columns)),
  ]);
}

export function sourceJson(instrument: Instrument): object {
  const { name, version, score, questions, bands, change, recallDays, licence, citation } = instrument;
  return {
    name,
    version,
    questions: questions?.items.length ?? null,
    score: { min: score.min, max: score.max },
    bands: bands.map(({ from, to, severity }) => ({ from, to, severity })),
    change,
    recall_days: recallDays,
    source: citation,
    licence: licence.text,
    licence_url: licence.url ?? null,
  };
}

function howTaken({ questions, score }: Instrument): string {
  const range = `score ${score.min} to ${score.max}`;
  return questions ? `${questions.items.length} questions, ${range}` : `by its score only, ${range}`;
}

function factsOf({ citation, change, licence, cutOff }: Instrument): [string, string][] {
  return [
    ["Source", `${citation}.`],
    ...(cutOff === undefined ? [] : [["Cut-off", cutOff] as [string, string]]),
    ...figure("Reliable change", change.reliable),
    ...figure("Change that people notice", change.important),
    ["Licence", licence.url === undefined ? licence.text : `${licence.text} ${licence.url}`],
  ];
}

function figure(name: string, published: PublishedChange | null): [string, string][] {
  return published ? [[name, `${published.points} points or more (${published.source}).`]] : [];
}

function paragraph(text: string, columns: number | undefined): string[] {
  const lines = columns ? wrapWords(text, Math.min(columns, 80) - INDENT.length) : [text];
  return lines.map((line) => `${INDENT}${line}`);
}
