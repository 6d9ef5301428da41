import { afterEach, beforeEach, expect, test } from "vitest";
import { addActivity } from "../../src/entries/activities.ts";
import type { Entries } from "../../src/entries/entries.ts";
import { logMood } from "../../src/entries/log-mood.ts";
import { offeredActivities } from "../../src/entries/offered-activities.ts";
import { openTemporaryEntries } from "../helpers/device/open-entries.ts";

let entries: Entries;
let remove: () => void;
beforeEach(() => {
  ({ entries, remove } = openTemporaryEntries());
});
afterEach(() => remove());

const offered = () =>
  offeredActivities(entries).map(({ activity, letter }) => `${letter ?? "-"} ${activity.label}`);

test("each activity has the first free letter of its own, the most used first, else one that nobody has", () => {
  for (const labels of [["read"], ["read", "run"], ["read", "run", "\u0441\u043f\u043e\u0440\u0442"]]) {
    logMood(entries, { value: 4, activities: { labels } });
  }
  addActivity(entries, { label: "boat" });
  expect(offered()).toEqual(["r read", "a run", "c \u0441\u043f\u043e\u0440\u0442", "b boat"]);
});

test("where there are more activities than letters, the least used have none", () => {
  for (let index = 0; index < 24; index++) {
    addActivity(entries, { label: `run ${index}` });
  }
  expect(offered().filter((one) => one.startsWith("-"))).toHaveLength(1);
});
