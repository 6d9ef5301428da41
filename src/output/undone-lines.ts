import type { Entity } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import { differenceLines } from "./difference.ts";
import { entityLine, type LineContext } from "./entity-line.ts";

/** What an undo or a redo changed in one entry; null where it is deleted. */
interface Change {
  entityType: EntityType;
  before: Entity | null;
  after: Entity | null;
}

/** More are counted instead of named: an import can be taken back, too. */
const NAMED_ENTRIES = 8;

/** What was taken back, a line for each entry, and below it what is different now. A mood that was logged is named
 *  before the activities that were created with it. */
export function undoneLines(
  verb: "Took back" | "Done again",
  changes: readonly Change[],
  line: LineContext,
): string[] {
  const ordered = [...changes].sort((a, b) => ORDER[a.entityType] - ORDER[b.entityType]);
  const more = ordered.length - NAMED_ENTRIES;
  return [
    ...ordered.slice(0, NAMED_ENTRIES).flatMap((change) => changeLines(verb, change, line)),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ];
}

/** The same in one sentence: what was taken back, and how many more of its kind. */
export function undoneSentence(changes: readonly Change[], line: LineContext): string {
  const [first] = undoneLines("Took back", changes, line);
  const kind = Math.min(...changes.map(({ entityType }) => ORDER[entityType]));
  const more = changes.filter(({ entityType }) => ORDER[entityType] === kind).length - 1;
  return `${first}${more > 0 ? `, and ${more} more` : ""}`;
}

const ORDER: Record<EntityType, number> = { MoodEntry: 0, AssessmentEntry: 1, Schedule: 2, Activity: 3 };

function changeLines(
  verb: "Took back" | "Done again",
  { entityType, before, after }: Change,
  line: LineContext,
): string[] {
  const name = entityLine(entityType, (after ?? before)!, line);
  if (!before || !after) {
    const isOfCreation = (after === null) === (verb === "Took back");
    return [`${verb}: ${isOfCreation ? name : `the deletion of ${name}`}`];
  }
  const differences = differenceLines(before, after, line).map((one) => `    ${one}`);
  if (differences.length > 0) return [`${verb}: a change of ${name}`, ...differences];
  return [`Left as it is, because it was edited since: ${name}`];
}
