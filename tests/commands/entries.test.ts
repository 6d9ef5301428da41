import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../../src/local/storage/database.ts";
import { writeAs } from "../../src/local/versions/write.ts";
import { createDevice, type Device } from "../helpers/device/device.ts";
import { withoutCodes } from "../helpers/golden/golden.ts";

async function deviceWithMood(...args: string[]): Promise<{ device: Device; id: string }> {
  const device = createDevice();
  const { id } = await device.json(["log", "mood", "4", ...args]);
  return { device, id };
}

describe("show", () => {
  test("prints every field, the note last, with control characters written out", async () => {
    const { device, id } = await deviceWithMood("-a", "run", "-n", "one\ntwo \u009b31m");
    const { stdout } = await device.run(["show", id.slice(0, 4)]);
    expect(stdout).toBe(
      [
        "▆ 4 good   Sunday 22 November 2026, 09:30",
        "",
        "  activities  run",
        "  day         the only entry of its day",
        "  zone        Europe/Berlin (+01:00)",
        `  id          ${id}`,
        "",
        "  one",
        "  two \\u009b31m",
        "",
      ].join("\n"),
    );
  });

  test("@last is the entry created last, not the one changed last", async () => {
    const { device } = await deviceWithMood();
    const assessment = await device.json(["log", "assessment", "gad7", "--score", "5"]);
    await device.run(["edit", (await device.json(["list"]))[0].id, "--value", "1"]);
    expect((await device.json(["show", "@last"])).id).toBe(assessment.id);
  });

  test("an activity that is not here is shown as such, and one that was deleted is marked", async () => {
    const { device, id } = await deviceWithMood("-a", "run");
    await device.run(["activity", "delete", "run"]);
    expect((await device.run(["show", id])).stdout).toContain("activities  run (deleted)\n");
    const db = openDatabase(`${device.home}/moodsync.db`);
    writeAs(db, { name: "test", nowMs: device.nowMs }, (writer) =>
      writer.put("MoodEntry", {
        id: randomUUID(),
        value: 2,
        activities: [randomUUID()],
        note: null,
        recorded_at: "2026-11-22T09:00:00Z",
      }),
    );
    db.close();
    expect((await device.run(["show", "@last"])).stdout).toContain("activities  unknown activity\n");
  });
});

describe("a reference to an entry", () => {
  test.each([
    [["show", "abc"], 2, "An id has at least 4 characters."],
    [["show", "not an id"], 3, "No entry has that id."],
    [["show", "abcdef12"], 3, "No entry has that id."],
    [["edit", "abcdef12", "--value", "3"], 3, "No entry has that id."],
    [["delete", "@last", "abcdef12"], 3, "No entry has that id."],
    [["history", "abcdef12"], 3, "No entry has that id."],
    [["restore", "abcdef12"], 3, "No entry has that id."],
  ])("%j is refused, and nothing is changed", async (args, code, sentence) => {
    const { device } = await deviceWithMood();
    const result = await device.run(args);
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: "" });
    expect(result.stderr.split("\n")[0]).toBe(sentence);
    expect(result.stderr).not.toContain("abcdef12");
    expect(await device.json(["list"])).toHaveLength(1);
  });

  test("@last where nothing was logged says so, and several deleted ones come back by undo", async () => {
    const device = createDevice();
    const { code, stderr } = await device.run(["show", "@last"]);
    expect(code).toBe(3);
    expect(stderr).toContain("No mood or assessment was logged on this device yet");
    const ids = [await device.json(["log", "mood", "4"]), await device.json(["log", "mood", "2"])].map(
      ({ id }) => id,
    );
    expect((await device.run(["delete", ...ids, "--yes"])).stderr).toBe(
      "`moodsync undo` brings them back.\n",
    );
    await device.run(["undo"]);
    expect(await device.json(["list"])).toHaveLength(2);
  });

  test("@last of entries that were all deleted says how the last one comes back", async () => {
    const { device, id } = await deviceWithMood();
    const restore = `\`moodsync restore ${id.slice(0, 7)}\` brings it back.\n`;
    expect((await device.run(["delete", "@last", "--yes"])).stderr).toBe(restore);
    expect(await device.run(["edit", "@last", "--value", "3"])).toEqual({
      code: 3,
      stdout: "",
      stderr: `That entry was deleted.\n${restore}`,
    });
    const shown = await device.run(["show", "@last"]);
    expect(shown).toMatchObject({ code: 0, stderr: restore });
    expect(shown.stdout).toMatch(/^ {2}deleted /m);
    expect((await device.json(["restore", "@last"])).id).toBe(id);
  });

  test("that fits two entries, of any type, is ambiguous", async () => {
    const { device, id } = await deviceWithMood();
    const db = openDatabase(`${device.home}/moodsync.db`);
    const twin = `${id.slice(0, 8)}-0000-4000-8000-000000000000`;
    writeAs(db, { name: "test", nowMs: device.nowMs }, (writer) =>
      writer.put("Activity", { id: twin, label: "twin", color_hex: null, icon: null }),
    );
    db.close();
    const { code, stderr } = await device.run(["show", id.slice(0, 6)]);
    expect({ code, sentence: stderr.split("\n")[0] }).toEqual({
      code: 3,
      sentence: "More than one entry begins with that id.",
    });
    // The ids that are printed are long enough to be typed again.
    for (const what of ["moods", "activities"]) {
      const printed = withoutCodes((await device.run(["list", what], { terminal: true })).stdout)
        .split(/\s+/)
        .find((word) => /^[0-9a-f-]{7,}$/.test(word))!;
      expect(printed.length).toBeGreaterThan(8);
      expect((await device.run(["show", printed])).code).toBe(0);
    }
  });
});

describe("edit", () => {
  test("changes every field of a mood, and only those that are named", async () => {
    const { device, id } = await deviceWithMood("-a", "run", "-n", "before");
    device.nowMs += 60_000;
    const edited = await device.json([
      ...["edit", id, "--value", "bad", "-n", "after", "-a", "swim", "-a", "run", "--at", "2026-11-21 20:00"],
    ]);
    const [run, swim] = await device.json(["list", "activities"]);
    expect(edited).toMatchObject({
      id,
      value: 2,
      note: "after",
      activities: [swim.id, run.id],
      recorded_at: "2026-11-21T20:00:00.000+01:00",
      metadata: { created_at: "2026-11-22T08:30:00.000Z", updated_at: "2026-11-22T08:31:00.000Z" },
    });
    const cleared = await device.json(["edit", id, "--note", "", "--activity", ""]);
    expect(cleared).toMatchObject({ value: 2, note: null, activities: [] });
  });

  test("scores an assessment anew", async () => {
    const device = createDevice();
    await device.run(["log", "assessment", "phq9", "--answers", "1,1,1,1,1,1,1,1,0"]);
    const total = await device.json(["edit", "@last", "--score", "20"]);
    expect(total).toMatchObject({
      score: 20,
      severity: "severe",
      source: "score-only",
      safety: { triggered: false },
    });
    expect(total).not.toHaveProperty("answers");
    const answered = await device.json(["edit", "@last", "--type", "gad7", "--answers", "1,1,1,1,1,1,1"]);
    expect(answered).toMatchObject({
      assessment_type: "GAD-7",
      score: 7,
      severity: "mild",
      source: "answered",
    });
    const moved = await device.json(["edit", "@last", "--at", "2026-11-01", "--difficulty", "1"]);
    expect(moved).toMatchObject({ score: 7, answers: [1, 1, 1, 1, 1, 1, 1], difficulty: 1 });
    expect(await device.json(["edit", "@last", "--difficulty", ""])).not.toHaveProperty("difficulty");
  });

  test("changes every field of an activity and of a schedule", async () => {
    const device = createDevice();
    const { id } = await device.json(["activity", "add", "run"]);
    expect(
      await device.json(["edit", id, "--label", "Jog", "--color", "#ABC", "--icon", "🏃"]),
    ).toMatchObject({
      id,
      label: "Jog",
      color_hex: "#aabbcc",
      icon: "🏃",
    });
    expect(await device.json(["edit", id, "--color", "", "--icon", ""])).toMatchObject({
      label: "Jog",
      color_hex: null,
      icon: null,
    });
    const schedule = await device.json(["schedule", "add", "phq9", "monthly", "--next-due", "2027-01-31"]);
    const edit = [
      "edit",
      schedule.id,
      "--frequency",
      "weekly",
      "--next-due",
      "2027-02-01",
      "--enabled",
      "no",
    ];
    expect(await device.json([...edit, "--type", "gad7"])).toMatchObject({
      assessment_type: "GAD-7",
      frequency: "Weekly",
      enabled: false,
      next_due_at: "2027-02-01T12:00:00.000+01:00",
      anchor_at: "2027-02-01T12:00:00.000+01:00",
    });
    expect(await device.json(["edit", schedule.id, "--next-due", ""])).toMatchObject({ next_due_at: null });
  });

  test("that changes nothing makes no new version", async () => {
    const { device, id } = await deviceWithMood();
    device.nowMs += 60_000;
    const { stdout } = await device.run(["edit", id, "--value", "4"]);
    expect(stdout).toMatch(/^Nothing changed: mood 4 \(good\)/);
    expect(await device.json(["history", id])).toHaveLength(1);
  });

  test("keeps fields that this version does not know", async () => {
    const { device, id } = await deviceWithMood();
    const db = openDatabase(`${device.home}/moodsync.db`);
    const { metadata: _, entity_type: __, ...mood } = await device.json(["show", id]);
    writeAs(db, { name: "test", nowMs: device.nowMs }, (writer) =>
      writer.put("MoodEntry", { ...mood, energy: { level: 3 }, metadata: { origin: "watch" } }),
    );
    db.close();
    expect(await device.json(["edit", id, "--value", "1"])).toMatchObject({
      value: 1,
      energy: { level: 3 },
      metadata: { origin: "watch" },
    });
  });

  test.each([
    [[], "You have not said what to change."],
    [["--label", "x"], "A mood has no --label."],
    [["--next-due", "2027-01-01"], "A mood has no --next-due."],
    [["--value", "9"], "The mood must be a whole number from 1 to 5."],
    [["--note", "x".repeat(10_001)], "The note must have at most 10,000 characters."],
    [["--at", "tomorrow"], '"tomorrow" lies in the future, and only what has happened can be recorded.'],
    [["--color", "red"], "The colour must be six hexadecimal digits after a #."],
    [["--enabled", "maybe"], "--enabled must be yes or no."],
    [["--frequency", "yearly"], "The frequency must be daily, weekly, biweekly or monthly."],
  ])("refuses %j", async (args, sentence) => {
    const { device, id } = await deviceWithMood();
    const { code, stderr } = await device.run(["edit", id, ...args]);
    expect({ code, sentence: stderr.split("\n")[0] }).toEqual({ code: 2, sentence });
    expect(await device.json(["history", id])).toHaveLength(1);
  });

  test("creates no activity when the edit is refused", async () => {
    const device = createDevice();
    const { id } = await device.json(["activity", "add", "running"]);
    expect((await device.run(["edit", id, "-a", "swim"])).stderr).toMatch(/^An activity has no --activity\./);
    expect(await device.json(["activity", "list"])).toHaveLength(1);
  });
});

describe("delete, restore and history", () => {
  test("a deleted entry is gone from lists, is shown as deleted, and comes back as it was", async () => {
    const { device, id } = await deviceWithMood("-n", "keep me");
    const before = await device.json(["show", id]);
    device.nowMs += 60_000;
    const { stdout, stderr } = await device.run(["delete", id]);
    expect(stdout).toMatch(/^Deleted mood 4 \(good\) · Sun 22 Nov 09:30 · [0-9a-f]{7}\n$/);
    expect(stderr).toContain("moodsync restore");
    expect(await device.json(["list"])).toEqual([]);
    expect((await device.run(["show", id])).stdout).toContain("deleted  09:31\n");
    expect(await device.run(["delete", id])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("was deleted"),
    });
    expect((await device.run(["restore", id.slice(0, 6)])).stdout).toMatch(/^Restored mood 4 \(good\)/);
    const { metadata, ...restored } = await device.json(["show", id]);
    expect({ ...restored, metadata: before.metadata }).toEqual(before);
    expect(metadata).toMatchObject({ created_at: before.metadata.created_at, deleted_at: null });
  });

  test("several are deleted all or none, also when one is named twice", async () => {
    const { device, id } = await deviceWithMood();
    const { id: other } = await device.json(["log", "mood", "2"]);
    expect((await device.run(["delete", id, "abcdef12"])).code).toBe(3);
    expect(await device.json(["list"])).toHaveLength(2);
    const deleted = await device.json(["delete", id, other, id, "--yes"]);
    expect(deleted.map((entity: { id: string }) => entity.id)).toEqual([id, other]);
    expect(await device.json(["list"])).toEqual([]);
  });

  test.each([
    ["y\n", 0, 0],
    ["yes\n", 0, 0],
    ["n\n", 1, 1],
    ["\n", 1, 1],
    ["", 1, 1],
  ])("on a terminal the answer %j is asked for", async (input, code, left) => {
    const { device, id } = await deviceWithMood();
    const result = await device.run(["delete", id], { input, terminal: true });
    expect(result.stderr).toContain("Delete mood 4 (good)");
    expect(result.code).toBe(code);
    expect(await device.json(["list"])).toHaveLength(left);
  });

  test("with --yes nothing is asked on a terminal", async () => {
    const { device, id } = await deviceWithMood();
    const { code, stderr } = await device.run(["delete", id, "--yes"], { terminal: true });
    expect(code).toBe(0);
    expect(stderr).not.toContain("[y/N]");
  });

  test("history lists all versions, newest first, and any of them can be restored", async () => {
    const { device, id } = await deviceWithMood("-n", "first");
    device.nowMs += 60_000;
    await device.run(["edit", id, "--value", "1", "--note", "second"]);
    await device.run(["delete", id]);
    const versions = await device.json(["history", id]);
    expect(
      versions.map((version: { outcome: string; deleted: boolean; entity: { note: string } | null }) => [
        version.outcome,
        version.deleted,
        version.entity?.note ?? null,
      ]),
    ).toEqual([
      ["current", true, null],
      ["replaced", false, "second"],
      ["replaced", false, "first"],
    ]);
    const shown = (await device.run(["history", id])).stdout;
    expect(shown.split("\n")[2]).toMatch(/^ +09:30 {2}replaced {4}▆ 4 good {2}≡ +[0-9a-f]{16}$/);
    expect(shown).not.toContain("first");
    const restored = await device.json(["restore", id, versions[2].version.slice(0, 4)]);
    expect(restored).toMatchObject({ id, value: 4, note: "first", metadata: { deleted_at: null } });
    expect(await device.json(["history", id])).toHaveLength(4);
  });

  test.each([
    [[], 2, "That entry is not deleted."],
    [["xyz"], 2, "A version is named by 4 or more characters of 0-9 and a-f."],
    [["0000"], 3, "The entry has no such version on this device."],
  ])("restore with version %j is refused", async (version, code, sentence) => {
    const { device, id } = await deviceWithMood();
    const { code: got, stderr } = await device.run(["restore", id, ...version]);
    expect({ code: got, sentence: stderr.split("\n")[0] }).toEqual({ code, sentence });
  });
});
