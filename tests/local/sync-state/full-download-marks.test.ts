import { expect, test } from "vitest";
import { logMood } from "../../../src/entries/log-mood.ts";
import {
  clearDeliveredMarks,
  listUndelivered,
  markDelivered,
} from "../../../src/local/sync-state/full-download-marks.ts";
import { acknowledgeRow, readRow } from "../../../src/local/versions/rows.ts";
import { openTemporaryStore } from "../../helpers/device/open-store.ts";

test("an acknowledged entry that no page delivered was purged elsewhere; a pending one was not", () => {
  const store = openTemporaryStore();
  const [delivered, missing] = [1, 2, 3].map(
    (nowMs) => logMood({ db: store.db, nowMs: nowMs, zone: () => 0 }, { value: 3 }).mood.id,
  );
  for (const id of [delivered!, missing!]) {
    acknowledgeRow(store.db, "MoodEntry", id, readRow(store.db, "MoodEntry", id)!.revision);
  }
  markDelivered(store.db, "MoodEntry", delivered!);
  markDelivered(store.db, "Activity", missing!); // another type's id is another entity
  expect(listUndelivered(store.db).map(({ id }) => id)).toEqual([missing]);
  clearDeliveredMarks(store.db);
  expect(
    listUndelivered(store.db)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([delivered, missing].sort());
  store.remove();
});
