import { isMap, parseDocument } from "yaml";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { openImportFile } from "./import-source.ts";
import { type MoodNames, moodNames } from "./mood-names.ts";
import { openTextFile } from "./text-file.ts";

const MAX_BYTES = 1024 * 1024;

/** Reads a file of lines like `calm: 4`: names of moods with their levels. Throws `invalid_input` with the line that is
 *  none. */
export function readMoodMap(path: string): MoodNames {
  const source = openImportFile(path);
  try {
    if (source.size > MAX_BYTES)
      throw new MoodsyncError("invalid_input", "The mood map is larger than 1 MiB.");
    return parseMoodMap([...openTextFile(source).pieces()].join(""));
  } finally {
    source.close();
  }
}

/** Everything is a text in the "failsafe" schema, so that `no` and `null` are names as well. */
function parseMoodMap(text: string): MoodNames {
  const document = parseDocument(text, { schema: "failsafe", prettyErrors: false });
  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
  const [error] = document.errors;
  if (error) throw notALine(lineAt(error.pos[0]));
  const { contents } = document;
  if (contents === null) return moodNames([]);
  if (!isMap(contents)) throw notALine(1);
  const levels: [string, number][] = [];
  for (const pair of contents.items as Pair[]) {
    const [name, level] = [pair.key?.value, pair.value?.value];
    const line = lineAt(pair.key?.range?.[0] ?? 0);
    if (typeof name !== "string" || typeof level !== "string" || !/^[1-5]$/.test(level)) throw notALine(line);
    levels.push([name, Number(level)]);
  }
  return moodNames(levels);
}

/** What `yaml` makes of a line. */
interface Pair {
  key?: { value?: unknown; range?: readonly number[] | null } | null;
  value?: { value?: unknown } | null;
}

function notALine(line: number): MoodsyncError {
  return new MoodsyncError("invalid_input", `Line ${line} of the mood map does not give a name its level.`, {
    hint: 'Write one line for each name, like `calm: 4`, from 1 (awful) to 5 (great); with signs in it as `"a: b": 2`.',
  });
}
