import { describe, expect, test } from "vitest";
import { decideReminders, type ReminderMemory, reminderText } from "../../src/daemon/decide-reminders.ts";
import { notifyCommand } from "../../src/daemon/show-reminders.ts";
import { MINUTE_MS } from "../../src/domain/time/durations.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const due = [{ occurrence: "phq9 1", name: "PHQ-9" }];

function decide(given: {
  memory?: ReminderMemory;
  enabled?: boolean;
  isLastUsedDevice?: boolean;
  deviceId?: string;
  nowMs?: number;
}) {
  return decideReminders({
    due,
    memory: {},
    enabled: true,
    isLastUsedDevice: true,
    deviceId: "00000000-0000-4000-8000-000000000000",
    nowMs: NOW,
    ...given,
  });
}

describe("reminders", () => {
  test("without sync there is no other device: the reminder comes at once, and once", () => {
    const first = decide({ enabled: false });
    expect(first.remind).toEqual(due);
    const second = decide({ memory: first.memory, nowMs: NOW + 24 * 60 * MINUTE_MS });
    expect(second).toMatchObject({ remind: [], checkAgainAtMs: null });
  });

  test("where the user was last active it comes after a second check, which may find them elsewhere", () => {
    const first = decide({});
    expect(first).toMatchObject({ remind: [], checkAgainAtMs: NOW + 10_000 });
    const { memory } = first;
    expect(decide({ memory, nowMs: NOW + 10_000 }).remind).toEqual(due);
    const elsewhere = decide({ memory, isLastUsedDevice: false, nowMs: NOW + 10_000 });
    expect(elsewhere).toMatchObject({ remind: [], checkAgainAtMs: NOW + 65 * MINUTE_MS });
  });

  test("the next occurrence is another one", () => {
    const { memory } = decide({ enabled: false });
    const next = decideReminders({
      due: [{ occurrence: "phq9 2", name: "PHQ-9" }],
      memory,
      enabled: false,
      isLastUsedDevice: true,
      deviceId: null,
      nowMs: NOW,
    });
    expect(next.remind).toHaveLength(1);
  });

  test("another device waits for more than an hour from when it first saw it, across restarts", () => {
    const first = decide({ isLastUsedDevice: false });
    expect(first).toMatchObject({ remind: [], checkAgainAtMs: NOW + 65 * MINUTE_MS });
    const { memory } = first;
    expect(decide({ memory, isLastUsedDevice: false, nowMs: NOW + 64 * MINUTE_MS }).remind).toEqual([]);
    expect(decide({ memory, isLastUsedDevice: false, nowMs: NOW + 65 * MINUTE_MS }).remind).toEqual(due);
  });

  test("other devices take turns that lie more than an hour apart", () => {
    const turns = Array.from({ length: 24 }, (_, index) => {
      const deviceId = `${index.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000`;
      return decide({ isLastUsedDevice: false, deviceId }).checkAgainAtMs! - NOW;
    });
    const distinct = [...new Set(turns)].sort((a, b) => a - b);
    expect(distinct).toEqual([1, 2, 3, 4, 5, 6].map((turn) => turn * 65 * MINUTE_MS));
  });

  test("a device that the user turns to waits on: the one before it may have reminded", () => {
    const { memory } = decide({ isLastUsedDevice: false });
    const turned = decide({ memory, nowMs: NOW + MINUTE_MS });
    expect(turned).toMatchObject({ remind: [], checkAgainAtMs: NOW + 65 * MINUTE_MS });
    expect(decide({ memory: turned.memory, nowMs: NOW + 65 * MINUTE_MS }).remind).toEqual(due);
  });

  test("a clock that was set back holds nothing back for long", () => {
    const { memory } = decide({ isLastUsedDevice: false, nowMs: NOW + 365 * 24 * 60 * MINUTE_MS });
    expect(decide({ memory, isLastUsedDevice: false }).checkAgainAtMs).toBe(NOW + 65 * MINUTE_MS);
  });

  test("what is long past is forgotten", () => {
    const { memory } = decide({ enabled: false });
    const later = decideReminders({
      due: [],
      memory,
      enabled: false,
      isLastUsedDevice: true,
      deviceId: null,
      nowMs: NOW + 61 * 24 * 60 * MINUTE_MS,
    });
    expect(later.memory).toEqual({});
  });
});

describe("the notification", () => {
  const named = (...names: (string | null)[]) =>
    reminderText(names.map((name, index) => ({ occurrence: String(index), name })));

  test("names assessments that are known, and none that a person made up", () => {
    expect(named("PHQ-9")).toBe("PHQ-9 is due.");
    expect(named("PHQ-9", "GAD-7")).toBe("PHQ-9 and GAD-7 are due.");
    expect(named("PHQ-9", "GAD-7", "WHO-5")).toBe("PHQ-9, GAD-7 and WHO-5 are due.");
    expect(named("PHQ-9", "GAD-7", "WHO-5", "ISI")).toBe("4 assessments are due.");
    expect(named(null)).toBe("An assessment is due.");
    expect(named("PHQ-9", null)).toBe("2 assessments are due.");
  });

  test("cannot be an option, markup or a script", () => {
    expect(notifyCommand("--help <b>&", "linux")).toEqual([
      "notify-send",
      "--app-name=moodsync",
      "--",
      "moodsync",
      "--help &lt;b&gt;&amp;",
    ]);
    const mac = notifyCommand('" & do shell script "x', "darwin")!;
    expect(mac[0]).toBe("osascript");
    expect(mac.at(-1)).toBe('" & do shell script "x');
    expect(mac.slice(0, -1).join(" ")).not.toContain("do shell script");
    expect(notifyCommand("x", "win32")).toBeNull();
  });
});
