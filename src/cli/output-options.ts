import type { Command, OptionValues } from "@commander-js/extra-typings";
import type { Entity } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { ZonedTime } from "../domain/time/timestamp.ts";
import { systemZone } from "../input/system-zone.ts";
import { verbatim } from "../output/terminal-style.ts";
import { printableJson, textLines } from "../output/terminal-text.ts";
import type { Context } from "./context.ts";
import { styleOf } from "./style.ts";

/** The options of every command that prints what people or scripts read. */
export interface OutputOptions {
  json?: boolean;
  quiet?: boolean;
}

export function withOutputOptions<Args extends unknown[], Given extends OptionValues>(
  command: Command<Args, Given>,
) {
  return command.option("--json", "print JSON").option("-q, --quiet", "print only what was asked for");
}

/** An entity as `--json` prints it. */
export function entityJson(entityType: EntityType, entity: Entity): object {
  return { entity_type: entityType, ...entity };
}

export function printJson(context: Context, value: unknown): void {
  context.stdout.write(`${printableJson(value)}\n`);
}

/** The answer of a command that changed something: one line, in which `bold` is what one looks for, or with `--json` the
 *  thing itself. */
export function answer(
  context: Context,
  options: OutputOptions,
  { line, bold = "", json }: { line: string; bold?: string; json: unknown },
): void {
  context.changed();
  if (options.json) printJson(context, json);
  if (options.json || options.quiet) return;
  const style = styleOf(context);
  const at = line.indexOf(bold);
  const [before, after] = [line.slice(0, at), line.slice(at + bold.length)].map(verbatim);
  context.stdout.writeLines([style.line(before!, style.bold(verbatim(bold)), after!)]);
}

/** A sentence for people beside the answer, to standard error; not with --quiet. */
export function printNotice(context: Context, options: OutputOptions, text: string): void {
  if (!options.quiet) context.stderr.write(textLines([text]));
}

/** What a line about an entity needs, for the stream that answers go to. */
export function lineContext(context: Context, labels: ReadonlyMap<string, string>) {
  return { now: nowHere(context), labels, separator: styleOf(context).separator };
}

/** This moment at this place. */
export function nowHere(context: Context): ZonedTime {
  const ms = context.nowMs();
  return { ms, offsetMinutes: systemZone(ms) };
}
