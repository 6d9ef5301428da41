import { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { ImportItem, Place } from "../../entries/import/draft.ts";
import { appRows, hasColumns } from "../reading/app-rows.ts";
import { isObject, itemsOf, textOf, textsOf } from "../reading/json-value.ts";
import { atIsoTime, parseIsoTime } from "../reading/local-clock.ts";
import type { Format, ReadOptions } from "./format.ts";

const isHeading = (cells: readonly string[]) => hasColumns(cells, ["start", "kind", "valence"]);

/** Apple's State of Mind as Health Auto Export writes it, a table or JSON. Before its version 8.2.3 the word beside the
 *  valence was wrong, so that is not read. */
export const APPLE_STATE_OF_MIND: Format = {
  name: "apple-state-of-mind",
  title: "Apple State of Mind, by Health Auto Export",
  detect: (content) =>
    content.kind === "text"
      ? isHeading(content.text.table().heading)
      : content.kind === "json" && isObject(content.value) && isObject(content.value.data),
  read(content, options) {
    if (content.kind === "text") {
      return { items: rows(appRows(content.text.table(), { isHeading, allowsEmptyLast: true }), options) };
    }
    return { items: content.kind === "json" ? samples(samplesOf(content.value), options) : [] };
  },
};

function samplesOf(value: unknown): unknown {
  const list = isObject(value) && isObject(value.data) ? value.data.stateOfMind : undefined;
  if (Array.isArray(list)) return list;
  throw new MoodsyncError("invalid_input", "The export of Health Auto Export holds no State of Mind.", {
    hint: "Choose State of Mind there, and export again. Nothing was changed.",
  });
}

function* rows(found: ReturnType<typeof appRows>, options: ReadOptions): Generator<ImportItem, void> {
  for (const row of found) {
    if (row.kind !== "row") {
      yield row;
      continue;
    }
    const words = (column: string) => row.cell(column).split("|");
    const valence = row.cell("valence").trim();
    yield* sample(
      {
        start: row.cell("start"),
        kind: row.cell("kind"),
        valence: valence === "" ? Number.NaN : Number(valence),
        labels: words("labels"),
        associations: words("associations"),
      },
      { place: { line: row.line }, options },
    );
  }
}

function* samples(list: unknown, options: ReadOptions): Generator<ImportItem, void> {
  for (const [item, found] of itemsOf(list)) {
    const { id, start, kind, valence, labels, associations } = found ?? {};
    yield* sample(
      {
        id: typeof id === "string" ? id : undefined,
        start: textOf(start),
        kind: textOf(kind),
        valence: typeof valence === "number" ? valence : Number.NaN,
        labels: textsOf(labels),
        associations: textsOf(associations),
      },
      { place: { item }, options },
    );
  }
}

interface Sample {
  id?: string | undefined;
  start: string;
  kind: string;
  valence: number;
  labels: readonly string[];
  associations: readonly string[];
}

function* sample(
  { id, start, kind, valence, labels, associations }: Sample,
  { place, options }: { place: Place; options: ReadOptions },
): Generator<ImportItem, void> {
  const problem = (code: string, message: string): ImportItem => ({ kind: "problem", place, code, message });
  const time = parseIsoTime(start);
  if (!time) return yield problem("no_such_time", "There is no such day or time.");
  if (!(valence >= -1 && valence <= 1)) {
    return yield problem("invalid_mood", "The valence is no number from -1 to 1.");
  }
  const at = yield* atIsoTime(options.clock, time, place);
  const feelings = labels.map(words).filter((word) => word !== "");
  const identity = [words(kind).toLowerCase(), valence, ...feelings.map((word) => word.toLowerCase()).sort()];
  yield {
    kind: "mood",
    place,
    at,
    value: levelOf(valence),
    activities: associations.map(words),
    note: null,
    feelings,
    // Samples never change, and every export sends them all again.
    sourceId: `${start} ${id ?? identity.join(" ")}`,
    details: { kind: words(kind), valence: valence + 0 },
  };
}

/** Equal fifths of the scale from -1 to 1. */
function levelOf(valence: number): number {
  if (valence < -0.6) return 1;
  if (valence < -0.2) return 2;
  if (valence <= 0.2) return 3;
  return valence <= 0.6 ? 4 : 5;
}

/** "selfCare", "self_care" and "Self Care" as the last of them. */
function words(text: string): string {
  return text
    .trim()
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .split(/[\s_]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join(" ");
}
