import type { Change } from "../../assessments/change.ts";
import { directionOf, type Instrument, type PublishedChange } from "../../assessments/instrument.ts";
import { dayWords } from "../day-words.ts";
import { signedWhole } from "../number-words.ts";

/** "−8 since 12 Mar: reliable change, fewer symptoms". */
export function changeWordsOf(
  change: Change,
  since: number,
  instrument: Instrument | undefined,
  year: number,
): string {
  const points = `${signedWhole(change.points)} since ${dayWords(since, { year })}`;
  if (change.verdict === "no figure") return points;
  if (change.verdict === "not reliable") return `${points}: no reliable change`;
  if (change.verdict === "not comparable") {
    return instrument
      ? `${points}, not comparable: not both are complete answers to the same version`
      : points;
  }
  return `${points}: reliable change, ${directionOf(instrument!, change.points)}`;
}

/** What the signs of the table mean: "† reliable change, of complete answers, from: PHQ-9 6 (NHS Talking Therapies). …" */
export function publishedWords(instruments: readonly Instrument[]): string {
  const listed = (of: "reliable" | "important") =>
    groupedBySource(
      instruments.flatMap(({ name, change }) => (change[of] ? [{ name, published: change[of] }] : [])),
    );
  const [reliable, important] = [listed("reliable"), listed("important")];
  return [
    "After the band: change since the result before.",
    ...(reliable === "" ? [] : [`† reliable change, of complete answers, from: ${reliable}.`]),
    ...(important === "" ? [] : [`Minimal important difference from: ${important}.`]),
  ].join(" ");
}

/** "PHQ-9 6, GAD-7 4 (NHS Talking Therapies)"; of a publication its authors and year. */
function groupedBySource(figures: readonly { name: string; published: PublishedChange }[]): string {
  const bySource = new Map<string, string[]>();
  for (const { name, published } of figures) {
    const { points } = published;
    const source = published.source.split(",")[0]!;
    bySource.set(source, [...(bySource.get(source) ?? []), `${name} ${points}`]);
  }
  return [...bySource].map(([source, words]) => `${words.join(", ")} (${source})`).join("; ");
}
