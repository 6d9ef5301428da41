import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDeletionGuard } from "../../src/sync/exchange/deletion-guard.ts";
import { logMoodIn } from "../helpers/device/log-mood-in.ts";
import { openTemporaryStore } from "../helpers/device/open-store.ts";

let store: ReturnType<typeof openTemporaryStore>;
beforeEach(() => {
  store = openTemporaryStore();
});
afterEach(() => store.remove());

function guardOver(live: number, accepted = false) {
  for (let index = 0; index < live; index++) logMoodIn(store.db, Date.UTC(2026, 10, 22) + index);
  return createDeletionGuard(store.db, accepted);
}

const tooMany = expect.objectContaining({ code: "too_many_deletions" });

describe("the deletion guard", () => {
  test("lets twenty deletions pass, however few entries there are", () => {
    const guard = guardOver(20);
    expect(guard.wouldStop(20)).toBe(false);
    expect(() => guard.count(20)).not.toThrow();
  });

  test("lets exactly half of the entries go, and stops one more", () => {
    const guard = guardOver(60);
    expect(guard.wouldStop(30)).toBe(false);
    expect(guard.wouldStop(31)).toBe(true);
    expect(() => guard.count(31)).toThrow(tooMany);
  });

  test("adds up what comes one by one against the entries of the beginning, and counts nothing that it stopped", () => {
    const guard = guardOver(60);
    const deleteOne = store.db.prepare(
      "update mood_entries set deleted_at = 1 where id = (select id from mood_entries where deleted_at is null limit 1)",
    );
    for (let deleted = 0; deleted < 30; deleted++) {
      guard.count(1);
      deleteOne.run();
    }
    for (let attempt = 0; attempt < 2; attempt++) expect(() => guard.count(1)).toThrow(tooMany);
    expect(() => guard.count(0)).not.toThrow();
  });

  test("stops nothing that the user accepted", () => {
    const guard = guardOver(60, true);
    expect(guard.wouldStop(60)).toBe(false);
    expect(() => guard.count(60)).not.toThrow();
  });
});
