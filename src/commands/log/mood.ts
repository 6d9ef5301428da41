import { randomUUID } from "node:crypto";
import { Command } from "commander";
import { moodValueRule, noteRule } from "../../domain/field-rules.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { formatTimestamp } from "../../domain/timestamp.ts";
import { writeAs } from "../../local/write.ts";
import type { Context } from "../context.ts";

export default function logMood(context: Context): Command {
  return new Command()
    .description("Log how you feel, from 1 (awful) to 5 (great).")
    .argument("<value>", "1 to 5")
    .option("-n, --note <text>", "a note; - reads it from standard input")
    .option("--json", "print the stored entry as JSON")
    .action(async (typed: string, options: { note?: string; json?: boolean }) => {
      const value = /^[1-5]$/.test(typed) ? Number(typed) : Number.NaN;
      const note = options.note ?? null;
      const problem = moodValueRule(value) ?? noteRule(note);
      if (problem) throw new MoodsyncError("invalid_input", `The mood ${problem}.`);
      const nowMs = context.nowMs();
      const recordedAt = formatTimestamp({ ms: nowMs, offsetMinutes: -new Date(nowMs).getTimezoneOffset() });
      const entry = writeAs(await context.database(), { name: "log mood", nowMs }, (writer) =>
        writer.put("MoodEntry", { id: randomUUID(), value, activities: [], note, recorded_at: recordedAt }),
      );
      context.stdout.write(
        options.json
          ? `${JSON.stringify({ entity_type: "MoodEntry", ...entry })}\n`
          : `Logged mood ${entry.value} · ${entry.id.slice(0, 7)}\n`,
      );
    });
}
