import { lstatSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { printJson, printNotice, withOutputOptions } from "../cli/output-options.ts";
import { drained } from "../cli/pager.ts";
import {
  encryptedBy,
  newPassphrase,
  type PassphraseOptions,
  withPassphraseOptions,
} from "../cli/passphrase.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { systemError } from "../files/system-error.ts";
import { counted } from "../output/number-words.ts";
import { csvExport } from "../transfer/csv-export.ts";
import { fhirExport } from "../transfer/fhir/bundle.ts";
import { fhirText } from "../transfer/fhir/parts.ts";
import { jsonExport, jsonLinesExport } from "../transfer/json-export.ts";
import { markdownExport } from "../transfer/markdown-export.ts";
import { type Piece, readAtOnce, readOnce } from "../transfer/piece.ts";
import { writeOwnFile } from "../transfer/write-file.ts";

const FORMATS = ["json", "jsonl", "csv", "md", "fhir"] as const;
type Format = (typeof FORMATS)[number];

/** Options that go with some formats only. */
const GOES_WITH: Record<keyof FormatOptions, readonly Format[]> = {
  deleted: ["json", "jsonl"],
  history: ["json"],
  notes: ["fhir"],
  name: ["fhir"],
};

interface FormatOptions {
  deleted?: true;
  history?: true;
  notes?: true;
  name?: string;
}

export default function exportCommand(context: Context): AnyCommand {
  const command = new Command()
    .description("Write everything on this device to a file that only you can read, or to standard output.")
    .option(
      "--format <format>",
      "json, jsonl, csv for a spreadsheet, md for reading (a file a month), or fhir for a clinician's system",
      "json",
    )
    .option("-o, --output <file>", "the file, for md the directory; - or none for standard output")
    .option("--force", "replace the file if it exists")
    .option("--deleted", "include deleted entries (json, jsonl)")
    .option("--history", "include deleted entries and every earlier version (json)")
    .option("--notes", "include notes (fhir; the others always have them)")
    .option("--name <name>", "your name (fhir; without it nothing says who you are)");
  return withOutputOptions(withPassphraseOptions(command)).action(async ({ format, output, ...options }) => {
    const known = requireFormat(format, options);
    const passphraseOf = () => newPassphrase(context, options);
    if (output === undefined || output === "-") {
      const passphrase = await passphraseOf();
      const pieces = exporterOf(known, options)(await context.databaseToRead());
      return passphrase === null
        ? await print(context, pieces)
        : await printEncrypted(context, pieces, passphrase);
    }
    const given = { output, force: options.force ?? false };
    const count =
      known === "md"
        ? await writeMonths(context, given, options)
        : await writeFile(context, given, {
            exporter: exporterOf(known, options),
            passphrase: await passphraseOf(),
          });
    context.changed();
    if (options.json) printJson(context, { exported: count });
    else printNotice(context, options, `Exported ${counted(count, "entry", "entries")}.`);
  });
}

type Exporter = (db: Database.Database) => Iterable<Piece>;

/** Throws `usage` for a format that does not exist, and for an option of another one. */
function requireFormat(format: string, options: FormatOptions): Format {
  const known = FORMATS.find((one) => one === format);
  if (!known) {
    throw new MoodsyncError("usage", "There is no such format.", {
      hint: "The formats are json, jsonl, csv, md and fhir.",
    });
  }
  for (const [option, formats] of Object.entries(GOES_WITH) as [keyof FormatOptions, readonly Format[]][]) {
    if (options[option] === undefined || formats.includes(known)) continue;
    throw new MoodsyncError(
      "usage",
      `--${option} goes with --format ${formats.join(" and ")}.`,
      option === "notes" ? { hint: "The other formats always have the notes." } : {},
    );
  }
  return known;
}

function exporterOf(format: Format, { deleted, history, notes, name }: FormatOptions): Exporter {
  switch (format) {
    case "json":
      return (db) =>
        readAtOnce(db, jsonExport(db, { deleted: deleted ?? history ?? false, history: history ?? false }));
    case "jsonl":
      return (db) => readAtOnce(db, jsonLinesExport(db, { deleted: deleted ?? false }));
    case "csv":
      return (db) => readAtOnce(db, csvExport(db));
    case "md":
      return (db) => readAtOnce(db, allMonths(db));
    case "fhir": {
      const shownName = name === undefined ? undefined : fhirText(name.trim());
      if (name !== undefined && shownName === undefined) {
        throw new MoodsyncError("usage", "The name is empty.", { hint: "Leave out --name to give none." });
      }
      return (db) => readAtOnce(db, fhirExport(db, { name: shownName, notes: notes ?? false }));
    }
  }
}

function* allMonths(db: Database.Database): Generator<Piece, void> {
  let isFirst = true;
  for (const { pieces } of markdownExport(db)) {
    if (!isFirst) yield { text: "\n", entries: 0 };
    isFirst = false;
    yield* pieces;
  }
}

async function writeFile(
  context: Context,
  { output, force }: { output: string; force: boolean },
  { exporter, passphrase }: { exporter: Exporter; passphrase: string | null },
): Promise<number> {
  let count = 0;
  const pieces = countedTexts(exporter(await context.databaseToRead()), (entries) => (count += entries));
  await writeOwnFile(output, await encryptedBy(pieces, passphrase), { force, home: context.home });
  return count;
}

const MONTH_FILE = /^\d{4}-\d\d\.md$/;

/** A file a month, in a directory that is there or is made. */
async function writeMonths(
  context: Context,
  { output, force }: { output: string; force: boolean },
  { passphrase, passphraseFile }: PassphraseOptions,
): Promise<number> {
  if (passphrase || passphraseFile !== undefined) {
    throw new MoodsyncError("usage", "A directory of files cannot be encrypted as one.", {
      hint: "Without -o it is one text, which can; or use another format.",
    });
  }
  const db = await context.databaseToRead();
  readOnce(db);
  openDirectory(output, force);
  let count = 0;
  for (const { month, pieces } of markdownExport(db)) {
    const texts = countedTexts(pieces, (entries) => (count += entries));
    await writeOwnFile(join(output, `${month}.md`), texts, { force, home: context.home });
  }
  return count;
}

/** Throws `invalid_input` for what is no directory, a link too, and where a month is there already. */
function openDirectory(path: string, force: boolean): void {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats) return void mkdirSync(path, { mode: 0o700 });
    if (!stats.isDirectory()) {
      throw new MoodsyncError("invalid_input", "That is a file or a link, not a directory.", {
        hint: "Markdown is a file a month: name a directory for them.",
      });
    }
    if (force || !readdirSync(path).some((name) => MONTH_FILE.test(name))) return;
    throw new MoodsyncError("invalid_input", "There are already months of an export in that directory.", {
      hint: "Name another one, or add --force to replace them.",
    });
  } catch (error) {
    throw systemError(error, path) ?? error;
  }
}

/** What is hidden in a text is written out in every format; the carriage returns of a table are its own. */
async function print({ stdout }: Context, pieces: Iterable<Piece>): Promise<void> {
  for (const { text } of pieces) {
    stdout.stream.write(text);
    if (!(await drained(stdout))) return;
  }
}

/** Bytes that no terminal shows. */
async function printEncrypted(context: Context, pieces: Iterable<Piece>, passphrase: string): Promise<void> {
  const { stdout } = context;
  if (stdout.isTTY) {
    throw new MoodsyncError("usage", "What is encrypted cannot be shown on a terminal.", {
      hint: "Add -o FILE.",
    });
  }
  for await (const bytes of await encryptedBy(
    countedTexts(pieces, () => {}),
    passphrase,
  )) {
    stdout.stream.write(bytes);
    if (!(await drained(stdout))) return;
  }
}

function* countedTexts(pieces: Iterable<Piece>, count: (entries: number) => void): Generator<string, void> {
  for (const { text, entries } of pieces) {
    count(entries);
    yield text;
  }
}
