import type { EntityType } from "../../src/domain/entities/entity-type.ts";
import { formatUtc, timestampToMs } from "../../src/domain/time/timestamp.ts";

/** One of the few entities that a schedule is about. All devices and all users know them by the same ids, as
 *  they do those made from a name; two of different types even share one. */
export interface Slot {
  entityType: EntityType;
  id: string;
  /** What a write can change, by number. */
  fields: Field[];
}

type Draft = Record<string, unknown>;

interface Field {
  name: string;
  /** Whether what it writes can be told from what others write. */
  leavesToken: boolean;
  /** Writes the token into the draft. */
  write(draft: Draft, token: number): void;
}

const SHARED_ID = "5e000000-0000-4000-8000-00000000000a";
const EPOCH_MS = Date.UTC(2020, 0, 1);

/** A field that holds one token. */
const moment = (name: string): Field => ({
  name,
  leavesToken: true,
  write: (draft, token) => {
    draft[name] = formatUtc(EPOCH_MS + token * 1000);
  },
});
const text = (name: string, prefix: string): Field => ({
  name,
  leavesToken: true,
  write: (draft, token) => {
    draft[name] = prefix + token;
  },
});

/** Fields to which a write adds, or from which it takes the first item away. */
const addParagraph: Field = {
  name: "note",
  leavesToken: true,
  write: (draft, token) => {
    draft.note = draft.note ? `${draft.note}\n\np${token}` : `p${token}`;
  },
};
const removeParagraph: Field = {
  name: "note",
  leavesToken: false,
  write: (draft) => {
    draft.note = paragraphs(draft.note).slice(1).join("\n\n") || null;
  },
};
const addActivity: Field = {
  name: "activities",
  leavesToken: true,
  write: (draft, token) => {
    draft.activities = [...(draft.activities as string[]), activityOf(token)];
  },
};
const removeActivity: Field = {
  name: "activities",
  leavesToken: false,
  write: (draft) => {
    draft.activities = (draft.activities as string[]).slice(1);
  },
};
const mergedInto: Field = {
  name: "merged_into",
  leavesToken: true,
  write: (draft, token) => {
    draft.merged_into = activityOf(token);
  },
};
/** Two devices can write the same here. */
const moodValue: Field = {
  name: "value",
  leavesToken: false,
  write: (draft, token) => {
    draft.value = 1 + (token % 5);
  },
};

const mood = (id: string): Slot => ({
  entityType: "MoodEntry",
  id,
  fields: [addParagraph, removeParagraph, addActivity, removeActivity, moment("recorded_at"), moodValue],
});

export const SLOTS: readonly Slot[] = [
  mood(SHARED_ID),
  {
    entityType: "Activity",
    id: "5e000000-0000-5000-8000-00000000000b",
    fields: [text("label", "a"), text("icon", "i"), text("new_field", "n"), mergedInto],
  },
  {
    entityType: "AssessmentEntry",
    id: SHARED_ID,
    fields: [
      moment("taken_at"),
      {
        name: "score",
        leavesToken: true,
        write: (draft, token) => {
          draft.score = token;
          draft.answers = [token, null];
        },
      },
    ],
  },
  {
    entityType: "Schedule",
    id: "5e000000-0000-5000-8000-00000000000c",
    fields: [moment("next_due_at"), moment("anchor_at")],
  },
  mood("5e000000-0000-4000-8000-00000000000d"),
];

/** The fields that a first version holds beside the one that is written. */
const BLANK: Record<EntityType, Draft> = {
  MoodEntry: { value: 3, activities: [], note: null, recorded_at: formatUtc(EPOCH_MS) },
  Activity: { label: "a0", color_hex: null, icon: "i0" },
  AssessmentEntry: {
    assessment_type: "PHQ-9",
    score: 0,
    severity: "",
    taken_at: formatUtc(EPOCH_MS),
  },
  Schedule: { assessment_type: "PHQ-9", frequency: "Daily", enabled: true, next_due_at: null },
};

/** The field with this number. In a run whose writes are all marked, only those that can be told apart. */
export function fieldOf({ fields }: Slot, number: number, marked: boolean): Field {
  const candidates = marked ? fields.filter(({ leavesToken }) => leavesToken) : fields;
  return candidates[number % candidates.length]!;
}

/** The entity with one field written, from what stood (null: nothing, or a tombstone of what was never here). */
export function draftOf(
  slot: Slot,
  standing: object | null,
  { field, token, marked }: { field: Field; token: number; marked: boolean },
): Draft & { id: string } {
  const draft: Draft & { id: string } = { ...(standing ?? BLANK[slot.entityType]), id: slot.id };
  field.write(draft, token);
  return marked ? { ...draft, last_write: token } : draft;
}

/** The tokens that an entity holds, by field; 0 is no token. */
export function tokensOf(
  slot: Slot,
  entity: object,
): { single: Map<string, number>; many: Map<string, number[]> } {
  const fields = entity as Draft;
  const single = new Map<string, number>();
  const many = new Map<string, number[]>();
  for (const { name } of slot.fields) {
    const value = fields[name];
    if (name === "note")
      many.set(
        name,
        paragraphs(value).map((paragraph) => Number(paragraph.slice(1))),
      );
    else if (name === "activities") many.set(name, (value as string[]).map(tokenOfActivity));
    else if (name === "merged_into") single.set(name, value ? tokenOfActivity(value as string) : 0);
    else if (name === "score") single.set(name, value as number);
    else if (name.endsWith("_at"))
      single.set(name, value ? (timestampToMs(value as string) - EPOCH_MS) / 1000 : 0);
    else if (typeof value === "string") single.set(name, Number(value.slice(1)));
  }
  if (fields.last_write !== undefined) single.set("last_write", fields.last_write as number);
  return { single, many };
}

function paragraphs(note: unknown): string[] {
  return note ? (note as string).split("\n\n") : [];
}

function activityOf(token: number): string {
  return `ac000000-0000-4000-8000-${String(token).padStart(12, "0")}`;
}

function tokenOfActivity(id: string): number {
  return Number(id.slice(-12));
}
