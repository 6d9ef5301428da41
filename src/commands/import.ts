import { rmSync } from "node:fs";
import { askLevels } from "../cli/ask-levels.ts";
import { type AnyCommand, Command } from "../cli/command.ts";
import { confirm } from "../cli/confirm.ts";
import type { Context } from "../cli/context.ts";
import { growHeap } from "../cli/heap-flags.ts";
import { readOptionsOf, type TypedReadOptions } from "../cli/import-options.ts";
import { assumedOf, type ImportFindings, importReport } from "../cli/import-report.ts";
import { interruptibleSteps, type RunSteps } from "../cli/in-steps.ts";
import {
  lineContext,
  type OutputOptions,
  printJson,
  printNotice,
  withOutputOptions,
} from "../cli/output-options.ts";
import { readPassphrase } from "../cli/passphrase.ts";
import { showSafetyNotice } from "../cli/safety.ts";
import { columnsOf, printLines, styleOf } from "../cli/style.ts";
import { EXIT_CODE } from "../domain/exit-code.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { groupedNumber } from "../domain/text/grouped-number.ts";
import type { Entries } from "../entries/entries.ts";
import { type StagedImport, stageImport } from "../entries/import/stage-import.ts";
import { type StoredImport, storeImport } from "../entries/import/store-import.ts";
import { systemZone, systemZoneName } from "../input/system-zone.ts";
import { shownLabels } from "../local/queries/activities.ts";
import { backUpInSteps } from "../local/storage/backup.ts";
import { databaseFile } from "../local/storage/home.ts";
import { countWords, diagnosticLines, importLines } from "../output/import-lines.ts";
import { counted } from "../output/number-words.ts";
import { AGE_HEAD, isAgeHead } from "../transfer/age-head.ts";
import type { Format, ReadOptions } from "../transfer/formats/format.ts";
import type { OpenedImport } from "../transfer/open-import.ts";
import type { ImportSource } from "../transfer/reading/import-source.ts";

export default function importCommand(context: Context): AnyCommand {
  const command = new Command()
    .description(
      "Bring in what another program exported, or an export of moodsync. It shows what it found and asks; what is here already stays as it is.",
    )
    .argument("<file>", "the file, whatever its name ends with; - for standard input")
    .option("-y, --yes", "do not ask")
    .option("--dry-run", "show what would be stored, and store nothing")
    .option("--skip-bad", "store what is right although something else is wrong")
    .option("--tz <zone>", "the time zone of times that name none: Europe/Berlin")
    .option("--mood-map <file>", "names of moods with their levels, a line each: calm: 4")
    .option("--scale <range>", "the scale of the moods: 1-10")
    .option("--date-order <order>", "the order in dates like 03/04/2025: dmy, mdy or ymd")
    .option("--columns <list>", "which headings of a sheet mean what: date=Day,mood=How,note=Words")
    .option("--mood-tag <name>", "the tag before the level in a journal, where it is not mood")
    .option(
      "--passphrase-file <file>",
      "the passphrase of an encrypted export, from a file that only you can read",
    );
  return withOutputOptions(command).action(async (file, options) => await runImport(context, file, options));
}

interface Options extends OutputOptions, TypedReadOptions {
  yes?: true;
  dryRun?: true;
  skipBad?: true;
  passphraseFile?: string;
}

/** What is read stays until all of it is checked. In the little room for what is new that V8 begins with it is copied again
 *  and again: a tenth of the time of a file of 20,000 rows. */
const AT_ONCE = { "semi-space-growth-factor": 16 };

async function runImport(context: Context, file: string, options: Options): Promise<void> {
  growHeap(AT_ONCE);
  const readOptions = await readOptionsOf(options);
  if (!options.yes && !options.dryRun && !canAsk(context, options)) {
    throw new MoodsyncError("usage", "Nobody can be asked here whether to store what is in the file.", {
      hint: "Add --yes to store it, or --dry-run to see what it holds.",
    });
  }
  const found: ImportFindings = { zone: options.tz ?? systemZoneName() };
  let source: ImportSource | undefined;
  try {
    const { openImportFile, readImportInput } = await import("../transfer/reading/import-source.ts");
    source = file === "-" ? await readImportInput(context.stdin) : openImportFile(file);
    if (isAgeHead(source.at(0, AGE_HEAD.length))) source = await decrypt(context, source, options);
    const run = interruptibleSteps(context, "Nothing was stored.");
    await importSource(context, { source, options, readOptions, found, run });
  } catch (error) {
    if (!options.json || !(error instanceof MoodsyncError) || error.code !== "invalid_input") throw error;
    printJson(context, importReport(found, { status: "refused", error }));
    context.exitWith(EXIT_CODE.invalid_input);
  } finally {
    found.staged?.rows.close();
    source?.close();
  }
}

async function decrypt(context: Context, source: ImportSource, options: Options): Promise<ImportSource> {
  const passphrase = await readPassphrase(context, options);
  const { decryptedSource } = await import("../transfer/reading/encrypted-source.ts");
  return decryptedSource(source, passphrase);
}

interface Asked {
  source: ImportSource;
  options: Options;
  readOptions: ReadOptions;
  /** Filled as far as the file can be read. */
  found: ImportFindings;
  run: RunSteps;
}

async function importSource(
  context: Context,
  { source, options, readOptions, found, run }: Asked,
): Promise<void> {
  const { openImport } = await import("../transfer/open-import.ts");
  const opened = await openImport(source);
  const { content, format } = opened;
  found.format = format;
  if (content.kind === "text" && content.text.encoding !== "utf-8") found.encoding = content.text.encoding;
  const entries: Entries = { db: await context.databaseToRead(), nowMs: context.nowMs(), zone: systemZone };
  let staged = await run(readFile(entries, { opened, readOptions, found }));
  if (staged.unmapped.size > 0 && canAsk(context, options)) {
    const moods = await askLevels(context, staged.unmapped, readOptions.moods);
    staged = await run(readFile(entries, { opened, readOptions: { ...readOptions, moods }, found }));
  }
  found.safety = staged.recentResult && showSafetyNotice(context, staged.recentResult);
  if (!options.json) printPreview(context, { options, entries, format, staged, found });
  if (staged.problems.count > 0 && !options.skipBad) throw refusal(staged.problems.count);
  if (!hasNew(staged)) {
    finish(context, options, { found, batch: null });
    return printNotice(context, options, "There is nothing new in the file.");
  }
  if (options.dryRun) return finish(context, options, { found, batch: null });
  if (!options.yes && !(await confirm(context, `Store ${storedWords(staged)}?`))) {
    printNotice(context, options, "Nothing was stored.");
    return context.exitWith(EXIT_CODE.failure);
  }
  const db = await context.database();
  const stored = await run(storeBackedUp({ ...entries, db }, staged, databaseFile(context.home)));
  context.changed("`moodsync import undo` takes it back; importing the file again adds nothing.");
  found.staged = { ...staged, counts: stored.counts };
  finish(context, options, { found, batch: stored.batch });
  if (options.json || options.quiet) return;
  context.stdout.write(`Stored ${storedWords(found.staged)}.\n`);
  printNotice(context, options, "`moodsync import undo` takes it back.");
}

/** Where nothing is stored, the backup of before goes again. */
function* storeBackedUp(entries: Entries, staged: StagedImport, file: string): Generator<void, StoredImport> {
  const backup = yield* backUpInSteps(entries.db, file, "before-import");
  let isStored = false;
  try {
    yield;
    const stored = yield* storeImport(entries, staged);
    isStored = true;
    return stored;
  } finally {
    if (!isStored) rmSync(backup, { force: true });
  }
}

function* readFile(
  entries: Entries,
  given: { opened: OpenedImport; readOptions: ReadOptions; found: ImportFindings },
): Generator<void, StagedImport> {
  const { opened, readOptions, found } = given;
  const { content, format, bytes } = opened;
  found.staged?.rows.close();
  found.reading = format.read(content, readOptions);
  const { items } = found.reading;
  found.staged = yield* stageImport(entries, { source: format.source ?? format.name, items, bytes });
  return found.staged;
}

function hasNew({ counts, pastVersions }: StagedImport): boolean {
  return pastVersions > 0 || Object.values(counts).some((count) => count.new > 0);
}

function storedWords({ counts, pastVersions }: StagedImport): string {
  return countWords(counts, "new") || counted(pastVersions, "earlier version");
}

function canAsk({ stdin, stderr }: Context, options: Options): boolean {
  const isTerminal = stdin.isTTY === true && stderr.isTTY === true;
  return isTerminal && !options.yes && !options.dryRun && !options.json;
}

function finish(
  context: Context,
  options: Options,
  { found, batch }: { found: ImportFindings; batch: number | null },
): void {
  const isPartial = (found.staged?.problems.count ?? 0) > 0;
  const status = options.dryRun ? "dry-run" : isPartial ? "partial" : "ok";
  if (options.json) printJson(context, importReport(found, { status, batch }));
  if (isPartial) context.exitWith(EXIT_CODE.partial);
}

function refusal(problems: number): MoodsyncError {
  const places = problems === 1 ? "One place" : `${groupedNumber(problems)} places`;
  return new MoodsyncError("invalid_input", `${places} of the file cannot be stored, so nothing was.`, {
    hint: "Correct the file, or store the rest with --skip-bad.",
  });
}

function printPreview(
  context: Context,
  given: { options: Options; entries: Entries; format: Format; staged: StagedImport; found: ImportFindings },
): void {
  const { options, entries, format, staged, found } = given;
  const { problems, warnings } = staged;
  if (!options.quiet) {
    const preview = {
      ...staged,
      title: format.title,
      problems: problems.count,
      warnings: warnings.count,
      columnsLeft: found.reading?.columnsLeft ?? [],
      assumed: assumedOf(found),
    };
    const line = lineContext(context, shownLabels(entries.db));
    printLines(context, (columns, style) => importLines(preview, { columns, style, line }));
  }
  const style = styleOf(context, context.stderr);
  const shown = { columns: columnsOf(context, style), style };
  context.stderr.writeLines([...diagnosticLines(problems, shown), ...diagnosticLines(warnings, shown)]);
}
