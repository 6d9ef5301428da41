import { parseTimestamp } from "../../src/domain/time/timestamp.ts";
import type { ListedEntry } from "../../src/output/entry-list.ts";
import { HOSTILE } from "../helpers/terminal/hostile-text.ts";
import { activity, assessment, mood } from "./shown-entities.ts";

/** Wednesday 25 November 2026, 18:42 in Berlin. */
export const NOW = parseTimestamp("2026-11-25T18:42:00+01:00")!;
export const DAY_START_MS = 4 * 60 * 60 * 1000;

/** Days since 1970 of that Wednesday. */
const TODAY = Math.floor(Date.UTC(2026, 10, 25) / 86_400_000);

/** From Thursday on: the means 3, none, 4, 5, 2, 4 and 3.5. */
export const WEEK = {
  days: [3, null, 4, 4.5, 2, 4, 3.5].map((mean, index) => ({ day: TODAY - 6 + index, mean })),
};

/** Labels of 40 wide characters, of somebody who wants to act on the terminal, with colour and icon. */
export const ACTIVITIES = new Map(
  [
    { id: "run", label: "run", icon: "🏃", color_hex: "#4caf50" },
    { id: "friends", label: "friends" },
    { id: "work", label: "work" },
    { id: "late", label: "late night" },
    { id: "wide", label: "日".repeat(40) },
    { id: "enemy", label: HOSTILE },
  ].map((given) => [given.id, activity(given)]),
);

const at = (day: string, clock: string) => `2026-11-${day}T${clock}:00+01:00`;

export const MOODS = [
  mood({ value: 3, activities: ["work"], note: null, recorded_at: at("25", "09:05") }),
  mood({
    value: 4,
    activities: ["run", "friends"],
    note: "Felt light afterwards",
    recorded_at: at("25", "18:41"),
  }),
];

export const ENTRIES: ListedEntry[] = [
  entry("1cbc7b5", MOODS[1]!),
  entry("9d0e51a", MOODS[0]!),
  entry("517c419", mood({ value: 1, activities: [], note: null, recorded_at: at("25", "01:30") })),
  entry(
    "d978435",
    mood({
      value: 2,
      activities: ["work", "late"],
      note: "Slept badly, head like cotton wool all day long",
      recorded_at: at("23", "20:12"),
    }),
  ),
  entry("e6851d3", mood({ value: 5, activities: ["wide"], note: null, recorded_at: at("22", "20:13") })),
  entry(
    "77aa01c",
    mood({ value: 4, activities: ["enemy", "gone"], note: HOSTILE, recorded_at: at("22", "10:02") }),
  ),
  {
    id: "03326d3",
    entityType: "AssessmentEntry",
    entity: assessment({ answers: [1, 1, 1, 1, 1, 1, 1, 1, 0], taken_at: at("11", "12:00") }),
  },
  {
    id: "03326d4",
    entityType: "AssessmentEntry",
    entity: assessment({
      assessment_type: "CES-D",
      score: 12,
      severity: "",
      answers: [],
      taken_at: "2025-11-11T12:00:00+01:00",
    }),
  },
];

function entry(id: string, entity: ReturnType<typeof mood>): ListedEntry {
  return { id, entityType: "MoodEntry", entity };
}
