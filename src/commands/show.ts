import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { entityJson, nowHere, printJson, printNotice, withOutputOptions } from "../cli/output-options.ts";
import { calendarOf } from "../cli/preferences.ts";
import { printLines } from "../cli/style.ts";
import type { Entity } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { parseTimestamp } from "../domain/time/timestamp.ts";
import { findEntry, heldContent } from "../entries/find-entry.ts";
import { systemZone, systemZoneName } from "../input/system-zone.ts";
import { activitiesById } from "../local/queries/activities.ts";
import { dayOfMood } from "../local/queries/day-of-mood.ts";
import { shortId } from "../local/queries/short-id.ts";
import { MOMENT_FIELD } from "../local/storage/entity-tables.ts";
import { listHistory } from "../local/versions/history.ts";
import { type EntityDetails, entityDetails } from "../output/entity-details.ts";

export default function show(context: Context): AnyCommand {
  const command = new Command()
    .description("Show one entry with everything it holds, deleted ones too.")
    .argument("<id>", "its id, the first 4 or more characters of it, or @last");
  return withOutputOptions(command).action(async (reference, options) => {
    const db = await context.databaseToRead();
    const row = findEntry(db, reference, { deleted: true });
    const { entityType, id } = row;
    const content = heldContent(row);
    if (options.json) return printJson(context, entityJson(entityType, content));
    const now = nowHere(context);
    const count = listHistory(db, entityType, id).length;
    const day =
      entityType === "MoodEntry" ? dayOfMood(db, content as MoodEntry, calendarOf(context).dayStartMs) : null;
    const details: EntityDetails = {
      ...{ entityType, entity: content, now, activities: activitiesById(db) },
      ...(day ? { day } : {}),
      ...(count > 0 ? { changes: { count, command: `moodsync history ${shortId(db, id)}` } } : {}),
      ...zoneOf(entityType, content),
    };
    printLines(context, (columns, style) => entityDetails(details, columns, style));
    if (content.metadata.deleted_at !== null) {
      printNotice(context, options, `\`moodsync restore ${shortId(db, id)}\` brings it back.`);
    }
  });
}

/** The zone of this device at the moment of an entry. */
function zoneOf(entityType: EntityType, entity: Entity): Pick<EntityDetails, "zone"> {
  const field = MOMENT_FIELD[entityType];
  const moment = field ? (entity as unknown as Record<string, string>)[field] : undefined;
  if (moment === undefined) return {};
  return { zone: { name: systemZoneName(), offsetMinutes: systemZone(parseTimestamp(moment)!.ms) } };
}
