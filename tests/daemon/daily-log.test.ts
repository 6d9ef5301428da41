import { afterEach, beforeEach, expect, test } from "vitest";
import { dailyLogReminder } from "../../src/daemon/daily-log.ts";
import { reminderText } from "../../src/daemon/decide-reminders.ts";
import { takeSnapshot } from "../../src/daemon/snapshot.ts";
import { HOUR_MS } from "../../src/domain/time/durations.ts";
import { formatTimestamp } from "../../src/domain/time/timestamp.ts";
import { deleteEntries } from "../../src/entries/delete-entries.ts";
import type { Entries } from "../../src/entries/entries.ts";
import { logMood } from "../../src/entries/log-mood.ts";
import { openTemporaryEntries } from "../helpers/device/open-entries.ts";
import { zoneOf } from "../helpers/zone.ts";

let entries: Entries;
let remove: () => void;
beforeEach(() => {
  ({ entries, remove } = openTemporaryEntries());
});
afterEach(() => remove());

const zone = zoneOf("Europe/Berlin");
const ms = (time: string) => Date.parse(`${time}+01:00`);
const at = (time: string, clock = "20:30") =>
  dailyLogReminder(entries.db, { nowMs: ms(time), zone, dayStartMs: 4 * HOUR_MS, clock });
const log = (time: string, offsetMinutes = 60) =>
  logMood(entries, { value: 3, recorded_at: formatTimestamp({ ms: ms(time), offsetMinutes }) }).mood;

test("a reminder comes from its time on until the day ends, at its own start", () => {
  expect(at("2026-11-22T20:29:59")).toEqual({ occurrence: null, nextAtMs: ms("2026-11-22T20:30:00") });
  const { occurrence, nextAtMs } = at("2026-11-22T20:30:00");
  expect({ occurrence, nextAtMs }).toEqual({
    occurrence: expect.stringMatching(/^log \d+$/),
    nextAtMs: ms("2026-11-23T20:30:00"),
  });
  expect(at("2026-11-23T03:59:59").occurrence).toBe(occurrence);
  expect(at("2026-11-23T04:00:00")).toEqual({ occurrence: null, nextAtMs: ms("2026-11-23T20:30:00") });
  expect(at("2026-11-23T20:30:00").occurrence).not.toBe(occurrence);
});

test("a time before the day's start belongs to the night at its end", () => {
  expect(at("2026-11-22T23:00:00", "01:00")).toEqual({
    occurrence: null,
    nextAtMs: ms("2026-11-23T01:00:00"),
  });
  expect(at("2026-11-23T01:00:00", "01:00").occurrence).not.toBeNull();
  expect(at("2026-11-23T12:00:00", "01:00").occurrence).toBeNull();
});

test.each([
  ["in the day", "2026-11-22T08:00:00", 60, false],
  ["late in the night before", "2026-11-22T03:59:00", 60, true],
  ["late in the night that ends it", "2026-11-23T03:30:00", 60, false],
  ["on the day by the clock of another place", "2026-11-22T02:00:00", 9 * 60, false],
  ["the day after", "2026-11-23T04:00:00", 60, true],
])("a mood %s: is somebody reminded", (_, time, offsetMinutes, isReminded) => {
  const mood = log(time, offsetMinutes);
  expect(at("2026-11-22T21:00:00").occurrence !== null).toBe(isReminded);
  deleteEntries(entries, [{ entityType: "MoodEntry", id: mood.id }]);
  expect(at("2026-11-22T21:00:00").occurrence).not.toBeNull();
});

test("a time that the clocks skip comes by as much later", () => {
  const given = { zone, dayStartMs: 0, clock: "02:30", nowMs: Date.parse("2026-03-29T01:00:00+01:00") };
  expect(dailyLogReminder(entries.db, given).nextAtMs).toBe(Date.parse("2026-03-29T03:30:00+02:00"));
});

test("off, there is no reminder", () => {
  expect(at("2026-11-22T21:00:00", "off")).toEqual({ occurrence: null, nextAtMs: null });
});

test("the snapshot holds it beside assessments, without a database, too", () => {
  const given = { appVersion: "1", zone, dayStartMs: 0, clock: "20:30", nowMs: ms("2026-11-22T21:00:00") };
  for (const db of [entries.db, null]) {
    expect(takeSnapshot(db, given)).toMatchObject({
      due: [{ name: null, isLog: true }],
      nextDueAtMs: ms("2026-11-23T20:30:00"),
    });
  }
});

test("the notification asks, and names no mood", () => {
  const day = { occurrence: "log 1", name: null, isLog: true };
  expect(reminderText([day])).toBe("How are you? Nothing is logged yet today.");
  expect(reminderText([{ occurrence: "a", name: "PHQ-9" }, day])).toBe(
    "PHQ-9 is due. How are you? Nothing is logged yet today.",
  );
});
