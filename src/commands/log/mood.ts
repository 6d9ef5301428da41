import type Database from "better-sqlite3";
import { type AnyCommand, Command } from "../../cli/command.ts";
import type { Context } from "../../cli/context.ts";
import { fireHook } from "../../cli/fire-hook.ts";
import { openEntries } from "../../cli/open-entries.ts";
import { answer, entityJson, lineContext, nowHere, withOutputOptions } from "../../cli/output-options.ts";
import { calendarOf, settingsOf } from "../../cli/preferences.ts";
import { printLines } from "../../cli/style.ts";
import { collect, sayCreated, suggestingLabels, typedNote } from "../../cli/typed-activities.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { formatTimestamp } from "../../domain/time/timestamp.ts";
import { logMood } from "../../entries/log-mood.ts";
import { noteDraftFile } from "../../entries/old-drafts.ts";
import { checkedNote } from "../../input/checked-text.ts";
import { parseMoodValue } from "../../input/mood-value.ts";
import { parseWhen } from "../../input/when.ts";
import { shownLabels } from "../../local/queries/activities.ts";
import { shortId } from "../../local/queries/short-id.ts";
import { readWeek } from "../../local/queries/week.ts";
import { entityLine, moodText } from "../../output/entity-line.ts";
import { weekStrip } from "../../output/week-strip.ts";

export default function logMoodCommand(context: Context): AnyCommand {
  const command = new Command()
    .description("Log how you feel, from 1 (awful) to 5 (great).")
    .argument("[value]", "1 to 5, or awful, bad, meh, good, great; without it, asks on a terminal")
    .option("-a, --activity <label>", "something you did; a comma separates several", collect)
    .option("-n, --note <text>", "a note; - reads it from standard input")
    .option("-e, --editor", "write the note in $VISUAL or $EDITOR")
    .option("--recover", "take the note that an earlier editor left")
    .option("--at <when>", 'when it was: "2026-03-02 21:00", "yesterday 9pm", RFC 3339')
    .option("--create", "create activities even if their labels nearly match existing ones")
    .allowExcessArguments();
  return withOutputOptions(command).action(async (typed, options, { args }) => {
    const now = nowHere(context);
    const value = typed === undefined ? null : parseMoodValue(typed);
    const canAsk = context.stdin.isTTY && context.stderr.isTTY && options.note !== "-";
    if (value === null && !canAsk) throw noValue();
    const words = args.slice(1);
    if (words.length > 0) {
      const { activity = [], at, create, note } = options;
      const others = [
        ...activity.flatMap((label) => ["-a", label]),
        ...(at === undefined ? [] : ["--at", at]),
        ...(create ? ["--create"] : []),
      ];
      const { freeWords } = await import("../../cli/free-words.ts");
      throw freeWords(context, { value: typed!, words, note, others });
    }
    const typedText = options.note === undefined ? undefined : await typedNote(context, options.note);
    const recordedAt = options.at === undefined ? now : await parseWhen(options.at, { nowMs: now.ms });
    const store = async (note: string | null | undefined): Promise<void> => {
      const entries = await openEntries(context, now.ms);
      const given = { labels: options.activity, note };
      const asked =
        value === null
          ? await (await import("../../cli/ask-mood.ts")).askMood(context, entries, given)
          : { value, labels: given.labels ?? [], note: note ?? null };
      const activities = {
        labels: asked.labels,
        createSimilar: options.create || (value === null && options.activity === undefined),
      };
      const recorded_at = formatTimestamp(recordedAt);
      const { mood, created } = suggestingLabels(context, () =>
        logMood(entries, { value: asked.value, note: asked.note, activities, recorded_at }),
      );
      const { db } = entries;
      sayCreated(context, options, db, created);
      const labels = mood.activities.length > 0 ? shownLabels(db) : new Map<string, string>();
      const line = { ...lineContext(context, labels), now, saysYesterday: true };
      answer(context, options, {
        line: `Logged ${entityLine("MoodEntry", mood, line)}${line.separator}${shortId(db, mood.id)}`,
        bold: moodText(mood.value),
        json: entityJson("MoodEntry", mood),
      });
      if (!options.json && !options.quiet) printWeek(context, db);
      await fireHook(context, options, "on-log", { entity: entityJson("MoodEntry", mood) });
    };
    const { editor, recover } = options;
    if (!editor && !recover) return store(typedText);
    const draft = {
      path: noteDraftFile(context.home.stateDir),
      initial: typedText ?? "",
      recovery: `moodsync log mood ${value ?? ""}${value === null ? "" : " "}--recover`,
      recover: recover ?? false,
    };
    const { withTextFromEditor, withTextLeft } = await import("../../cli/edit-text.ts");
    const open = editor ? withTextFromEditor : withTextLeft;
    await open(context, draft, (text) => store(checkedNote(text)));
  });
}

function noValue(): MoodsyncError {
  return new MoodsyncError("usage", "How it was is missing: 1 (awful) to 5 (great).", {
    hint: "For example: `moodsync log mood 4`; on a terminal `moodsync log mood` asks.",
  });
}

/** The week below what was logged, for a terminal alone: a scrollback may be seen by others. */
function printWeek(context: Context, db: Database.Database): void {
  if (!context.stdout.isTTY || !settingsOf(context)["log.week"]) return;
  const { dayStartMs } = calendarOf(context);
  const days = readWeek(db, { now: nowHere(context), dayStartMs });
  printLines(context, (columns, style) => [
    ...(style.isPlain ? [] : [style.line("")]),
    ...weekStrip({ days }, columns, style, " "),
  ]);
}
