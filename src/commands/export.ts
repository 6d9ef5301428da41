import type Database from "better-sqlite3";
import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { printJson, printNotice, withOutputOptions } from "../cli/output-options.ts";
import { drained } from "../cli/pager.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { printableJson } from "../output/terminal-text.ts";
import { FHIR_BUNDLE, fhirEntries } from "../transfer/fhir/bundle.ts";
import { fhirText } from "../transfer/fhir/parts.ts";
import { exportEntities } from "../transfer/json-export.ts";
import { writeOwnFile } from "../transfer/write-file.ts";

export default function exportCommand(context: Context): AnyCommand {
  const command = new Command()
    .description("Write everything on this device to a file that only you can read, or to standard output.")
    .option("--format <format>", "json, or fhir for a clinician's system", "json")
    .option("-o, --output <file>", "the file; - or none for standard output")
    .option("--force", "replace the file if it exists")
    .option("--deleted", "include deleted entries (json)")
    .option("--notes", "include notes (fhir; json always has them)")
    .option("--name <name>", "your name (fhir; without it nothing says who you are)");
  return withOutputOptions(command).action(async ({ format, output, force, ...options }) => {
    const exportAs = exporterOf(format, options);
    const exported = exportAs(await context.databaseToRead());
    if (output === undefined || output === "-") return await print(context, exported);
    let count = 0;
    writeOwnFile(
      output,
      counted(exported, (entries) => (count += entries)),
      {
        force: force ?? false,
        home: context.home,
      },
    );
    context.changed();
    if (options.json) printJson(context, { exported: count });
    else printNotice(context, options, `Exported ${count} ${count === 1 ? "entry" : "entries"}.`);
  });
}

interface Given {
  deleted?: true;
  notes?: true;
  name?: string;
}

/** A piece of the text, and how many entries of the person's are in it. */
interface Piece {
  text: string;
  entries: number;
}

type Exporter = (db: Database.Database) => Iterable<Piece>;

/** Throws `usage` for a format that does not exist, and for an option of another one. */
function exporterOf(format: string, { deleted, notes, name }: Given): Exporter {
  if (format === "json") {
    if (notes) throw onlyWith("--notes", "fhir", "The format json always has the notes.");
    if (name !== undefined) throw onlyWith("--name", "fhir");
    return (db) => jsonPieces(db, deleted);
  }
  if (format !== "fhir") {
    throw new MoodsyncError("usage", "There is no such format.", { hint: "The formats are json and fhir." });
  }
  if (deleted) throw onlyWith("--deleted", "json");
  const shownName = name === undefined ? undefined : fhirText(name.trim());
  if (name !== undefined && shownName === undefined) {
    throw new MoodsyncError("usage", "The name is empty.", { hint: "Leave out --name to give none." });
  }
  return (db) => fhirPieces(db, { name: shownName, notes: notes ?? false });
}

function onlyWith(option: string, format: string, hint?: string): MoodsyncError {
  return new MoodsyncError(
    "usage",
    `${option} goes with --format ${format}.`,
    hint === undefined ? {} : { hint },
  );
}

function* jsonPieces(db: Database.Database, deleted: boolean | undefined): Generator<Piece, void> {
  const exported = exportEntities(db, { deleted });
  const entries = Object.values(exported.entities).reduce((sum, { length }) => sum + length, 0);
  yield { text: `${printableJson(exported, 2)}\n`, entries };
}

/** One line for each resource. A list without entries is not allowed in FHIR, so there is none then. */
function* fhirPieces(
  db: Database.Database,
  options: { name: string | undefined; notes: boolean },
): Generator<Piece, void> {
  const start = printableJson(FHIR_BUNDLE).slice(0, -1);
  let isFirst = true;
  for (const { of, entries } of fhirEntries(db, options)) {
    const lines = entries.map((entry) => printableJson(entry)).join(",\n");
    yield { text: `${isFirst ? `${start},"entry":[` : ","}\n${lines}`, entries: of === "entry" ? 1 : 0 };
    isFirst = false;
  }
  yield { text: isFirst ? `${start}}\n` : "\n]}\n", entries: 0 };
}

async function print({ stdout }: Context, pieces: Iterable<Piece>): Promise<void> {
  for (const { text } of pieces) {
    stdout.write(text);
    if (!(await drained(stdout))) return;
  }
}

function* counted(pieces: Iterable<Piece>, count: (entries: number) => void): Generator<string, void> {
  for (const { text, entries } of pieces) {
    count(entries);
    yield text;
  }
}
