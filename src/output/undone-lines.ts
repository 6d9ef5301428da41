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

/** What was undone or done again: the first few entries, and how many of each type there are. */
interface Undone {
  first: readonly Change[];
  changed: Record<EntityType, number>;
}

/** What was taken back, a line for each entry that is named, and below it what is different now; the others are counted. */
export function undoneLines(
  verb: "Took back" | "Done again",
  { first, changed }: Undone,
  line: LineContext,
): string[] {
  if (first.length === 0) return [NOTHING_LEFT];
  const count = Object.values(changed).reduce((sum, ofType) => sum + ofType, 0);
  const more = count - first.length;
  return [
    ...first.flatMap((change) => changeLines(verb, change, line)),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ];
}

const NOTHING_LEFT = "Nothing is different: what it made was deleted since, or is in use.";

/** The same in one sentence: what was taken back, and how many more. Activities and schedules that changed along with
 *  entries are not counted. */
export function undoneSentence({ first, changed }: Undone, line: LineContext): string {
  const [change] = first;
  if (!change) return NOTHING_LEFT;
  const entries = changed.MoodEntry + changed.AssessmentEntry;
  const more = (isEntry(change) ? entries : changed[change.entityType]) - 1;
  return `${changeLines("Took back", change, line)[0]}${more > 0 ? `, and ${more} more` : ""}`;
}

function isEntry({ entityType }: Change): boolean {
  return entityType === "MoodEntry" || entityType === "AssessmentEntry";
}

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
