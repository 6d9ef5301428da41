import { scoreResult } from "../../assessments/typed-result.ts";
import type { Entity } from "../../domain/entities/entity.ts";
import { draftProblem } from "../../domain/entities/entity-problem.ts";
import type { EntityType } from "../../domain/entities/entity-type.ts";
import { extraProblem, joinFields } from "../../domain/entities/extra.ts";
import { importedId } from "../../domain/entities/natural-key.ts";
import { parseEntity } from "../../domain/entities/parse-entity.ts";
import { MAX_ACTIVITIES } from "../../domain/limits.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { comparableText } from "../../domain/text/text.ts";
import { MINUTE_MS } from "../../domain/time/durations.ts";
import { formatTimestamp } from "../../domain/time/timestamp.ts";
import { canonicalJson, contentHash } from "../../domain/versions/canonical.ts";
import { checkedLabel } from "../../input/checked-text.ts";
import type { AssessmentDraft, EntityDraft, ImportDraft, MoodDraft, PastVersionDraft } from "./draft.ts";
import { type EndedVersion, parsePastVersion } from "./past-version.ts";

/** What can be stored, as it waits for that. */
export type StagedDraft = StagedEntity | StagedPastVersion;

export interface StagedPastVersion extends EndedVersion {
  isPast: true;
}

export interface StagedEntity {
  isPast?: never;
  entityType: EntityType;
  /** Without its id, and without the ids of activities; but whole where it `isWhole`: an entity of our own export. */
  entity: object;
  isWhole?: true;
  /** Labels of the activities of a mood, each once. */
  labels?: readonly string[];
  /** What the content hashes to, of an entry that has a name in its source: so it is seen that the source has changed it. */
  hash?: string;
}

export type CheckedDraft =
  /** Two entries with one key are the same, or equal ones where they have no name in their source. */
  | { status: "valid"; key: string; isNamed: boolean; draft: StagedDraft; areDetailsLeftOut: boolean }
  /** `message` names the rule that is broken, never what stands there. */
  | { status: "invalid"; code: string; message: string };

/** Checks a draft by the rules of what is typed, and what tells it from all others of its source. */
export function checkDraft(draft: ImportDraft, source: string): CheckedDraft {
  if (draft.kind === "entity") return checkEntity(draft);
  if (draft.kind === "past version") return checkPastVersion(draft);
  return draft.kind === "mood" ? checkMood(draft, source) : checkAssessment(draft, source);
}

function checkMood(given: MoodDraft, source: string): CheckedDraft {
  const labels = new Map<string, string>();
  for (const label of given.activities) {
    const { comparable, stored, problem } = activityLabel(label);
    if (comparable === "" || labels.has(comparable)) continue;
    if (problem !== undefined) return invalid("invalid_label", problem);
    labels.set(comparable, stored);
  }
  const { value } = given;
  const note = given.note === "" ? null : given.note;
  const recorded_at = formatTimestamp(given.at);
  if (labels.size > MAX_ACTIVITIES) {
    return invalid("invalid_activities", `It has more than ${MAX_ACTIVITIES} activities.`);
  }
  const problem = draftProblem("MoodEntry", { id: ANY_ID, value, activities: [], note, recorded_at });
  if (problem) return brokenRule(problem);
  return valid(given, source, {
    entityType: "MoodEntry",
    fields: { value, note, recorded_at },
    labels: [...labels.values()],
    content: { value, note, labels: [...labels.keys()].sort() },
  });
}

interface ActivityLabel {
  comparable: string;
  stored: string;
  problem?: string;
}

/** A file has few labels, and each of them often. */
const labelByText = new Map<string, ActivityLabel>();
const MAX_REMEMBERED_LABELS = 1000;

function activityLabel(text: string): ActivityLabel {
  const known = labelByText.get(text);
  if (known) return known;
  const label = readLabel(text);
  if (labelByText.size === MAX_REMEMBERED_LABELS) labelByText.clear();
  labelByText.set(text, label);
  return label;
}

function readLabel(text: string): ActivityLabel {
  const comparable = comparableText(text);
  try {
    return { comparable, stored: comparable === "" ? "" : checkedLabel(text) };
  } catch (error) {
    const { message } = error as MoodsyncError;
    return { comparable, stored: "", problem: message.replace("The label", "The label of an activity") };
  }
}

function checkAssessment(given: AssessmentDraft, source: string): CheckedDraft {
  const { assessmentType, answers, score, at } = given;
  try {
    const result = scoreResult(assessmentType, answers ? { answers } : { score });
    if (score !== undefined && result.score !== score) {
      return invalid(
        "wrong_total",
        "The total is not the sum of its items; nothing says which of them is right.",
      );
    }
    const fields = {
      ...result,
      assessment_type: assessmentType,
      taken_at: formatTimestamp(at),
      source: "import",
    };
    const problem = draftProblem("AssessmentEntry", { ...fields, id: ANY_ID });
    if (problem) return brokenRule(problem);
    const content = { type: assessmentType, score: result.score, answers: result.answers ?? null };
    return valid(given, source, { entityType: "AssessmentEntry", fields, content });
  } catch (error) {
    if (!(error instanceof MoodsyncError)) throw error;
    return invalid("invalid_score", error.message);
  }
}

function checkEntity({ entityType, entity }: EntityDraft): CheckedDraft {
  const parsed = parseEntity(entityType, entity);
  if (parsed.status === "invalid") {
    return invalid("invalid_entity", `It cannot be stored: its ${parsed.detail}.`);
  }
  return {
    status: "valid",
    key: `${entityType} ${(parsed.entity as Entity).id}`,
    isNamed: true,
    draft: { entityType, isWhole: true, entity: parsed.entity },
    areDetailsLeftOut: false,
  };
}

function checkPastVersion({ version: given }: PastVersionDraft): CheckedDraft {
  const ended = parsePastVersion(given);
  if (!ended) return invalid("invalid_version", "It is no version of an entry.");
  const { entityType, id, updatedAtMs, contentHash: hash } = ended.version;
  return {
    status: "valid",
    key: `${entityType} ${id} ${updatedAtMs} ${hash}`,
    isNamed: true,
    draft: { isPast: true, ...ended },
    areDetailsLeftOut: false,
  };
}

// For the rule of what the store gives an entity.
const ANY_ID = "00000000-0000-4000-8000-000000000000";

function invalid(code: string, message: string): CheckedDraft {
  return { status: "invalid", code, message };
}

function brokenRule(problem: string): CheckedDraft {
  return invalid(`invalid_${problem.split(" ")[0]}`, `It cannot be stored: its ${problem}.`);
}

function valid(
  given: MoodDraft | AssessmentDraft,
  source: string,
  checked: {
    entityType: EntityType;
    fields: Record<string, unknown>;
    content: object;
    labels?: readonly string[];
  },
): CheckedDraft {
  const { entityType, fields, content, labels } = checked;
  const { at, sourceId } = given;
  const minute = Math.floor((at.ms + at.offsetMinutes * MINUTE_MS) / MINUTE_MS);
  const identity = sourceId === undefined ? [minute, content] : [sourceId];
  const hash = sourceId === undefined ? undefined : contentHash(content);
  const { extra, areDetailsLeftOut } = originOf(given, { source, hash });
  const draft: StagedEntity = { entityType, entity: Object.assign(fields, extra) };
  if (labels) draft.labels = labels;
  if (hash !== undefined) draft.hash = hash;
  const key = importedId(canonicalJson([source, entityType, ...identity]));
  return { status: "valid", key, isNamed: sourceId !== undefined, draft, areDetailsLeftOut };
}

/** The fields that say where an entry came from, as much of it as fits beside the known ones. */
function originOf(
  given: MoodDraft | AssessmentDraft,
  { source, hash }: { source: string; hash: string | undefined },
): { extra: object; areDetailsLeftOut: boolean } {
  const origin = hash === undefined ? { source } : { source, id: given.sourceId, hash };
  const feelings = given.kind === "mood" && given.feelings?.length ? [...given.feelings] : undefined;
  const imported = joinFields(given.details ?? {}, origin);
  const whole = feelings ? { feelings, import: imported } : { import: imported };
  if (extraProblem(whole) === null) return { extra: whole, areDetailsLeftOut: false };
  const extras = [
    feelings ? { feelings, import: origin } : { import: origin },
    { import: origin },
    { import: { source } },
  ];
  return { extra: extras.find((extra) => extraProblem(extra) === null)!, areDetailsLeftOut: true };
}
