import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Device } from "../../helpers/device/device.ts";
import { connectDevice, entitiesOf, startAccount, sync } from "../../helpers/sync/synced-devices.ts";

let server: Awaited<ReturnType<typeof startAccount>>;
let a: Device;
let b: Device;

beforeAll(async () => {
  server = await startAccount();
});
afterAll(() => server.close());

beforeEach(async () => {
  const account = { url: server.url, ...(await server.newAccount()) };
  a = await connectDevice(account, "laptop");
  b = await connectDevice(account, "phone");
});

async function both(): Promise<void> {
  for (const device of [a, b, a, b]) {
    device.nowMs = Date.now();
    await sync(device);
  }
  expect(await entitiesOf(a)).toEqual(await entitiesOf(b));
}

test("what is logged on either device is on both, with the offset of its place", async () => {
  const mood = await a.json([
    "log",
    "mood",
    "4",
    "-a",
    "run",
    "-n",
    "slept well",
    "--at",
    "2026-03-02T21:00:00+05:45",
  ]);
  await b.json(["log", "mood", "2", "-a", "RUN"]);
  await both();
  const { mood_entries, activities } = await entitiesOf(b);
  expect(mood_entries).toHaveLength(2);
  expect(activities).toHaveLength(1);
  expect(mood_entries?.find(({ id }) => id === mood.id)).toMatchObject({
    note: "slept well",
    recorded_at: "2026-03-02T21:00:00.000+05:45",
  });
});

test("an activity that both made while offline is one, and nothing that lost", async () => {
  await a.json(["log", "mood", "4", "-a", "run"]);
  b.nowMs = a.nowMs + 60_000;
  await b.json(["log", "mood", "2", "-a", "run"]);
  await both();
  expect((await entitiesOf(b)).activities).toHaveLength(1);
  for (const device of [a, b]) expect(await device.json(["sync", "conflicts"])).toEqual([]);
});

test("every entity type arrives whole", async () => {
  await a.json(["log", "assessment", "phq9", "--answers", "0,1,2,3,0,1,2,3,0"]);
  await a.json(["schedule", "add", "GAD-7", "biweekly"]);
  await a.json(["activity", "add", "swim", "--color", "#00ff00", "--icon", "🏊"]);
  await both();
  expect(await entitiesOf(b)).toMatchObject({
    assessments: [
      { assessment_type: "PHQ-9", score: 12, severity: "moderate", answers: [0, 1, 2, 3, 0, 1, 2, 3, 0] },
    ],
    schedules: [{ assessment_type: "GAD-7", frequency: "Biweekly" }],
    activities: [{ label: "swim", color_hex: "#00ff00", icon: "🏊" }],
  });
});

test("a sync with nothing to do is one request, and a repeated one changes nothing", async () => {
  await a.json(["log", "mood", "4"]);
  await both();
  const before = server.logText().split("\n").length;
  expect(await sync(a)).toMatchObject({ uploaded: 0, downloaded: 0, conflicts: 0, pending: 0 });
  expect(server.logText().split("\n").length - before).toBe(1);
});

describe("when both devices edit the same entry", () => {
  let id: string;

  beforeEach(async () => {
    a.nowMs = Date.now() - 10_000;
    ({ id } = await a.json(["log", "mood", "3", "-n", "first"]));
    await both();
  });

  test("edits of different fields both survive", async () => {
    await a.json(["edit", id, "--value", "5"]);
    b.nowMs += 1000;
    await b.json(["edit", id, "--note", "second"]);
    await both();
    expect((await entitiesOf(a)).mood_entries).toMatchObject([{ value: 5, note: "second" }]);
    expect((await b.run(["sync", "conflicts"])).stdout).toMatch(
      /^mood 5 .*\n {2}Merged with the edit of "laptop", because it was edited on two devices\.\n {2}this device {2}mood 3 \(meh\)\n {15}moodsync restore .*\n {2}"laptop" {5}note "first"\n {15}moodsync restore .*\n {2}what stands {2}mood 5 \(great\)\n {15}note "second"\n/,
    );
  });

  test("what a merge took from the other device is listed, and can be restored", async () => {
    await a.json(["edit", id, "--value", "1"]);
    b.nowMs += 1000;
    await b.json(["edit", id, "--value", "5"]);
    await both();
    const [merged] = await b.json(["sync", "conflicts"]);
    expect(merged).toMatchObject({
      outcome: "merged",
      winner: { value: 5 },
      merged_with: { entity: { value: 1 } },
    });
    await b.json(["restore", id, merged.merged_with.version]);
    await both();
    expect((await entitiesOf(a)).mood_entries).toMatchObject([{ value: 1 }]);
  });

  test("what was overwritten is listed on the device that wrote it, with the command that brings it back", async () => {
    await a.json(["edit", id, "--value", "1", "--note", "mine"]);
    b.nowMs += 1000;
    await b.json(["edit", id, "--value", "5"]);
    await sync(a);
    await sync(b);
    const { notices } = await a.json(["sync"]);
    expect(notices.join()).toContain("An edit of this device was overwritten by another device");
    const [overwritten, ...others] = await a.json(["sync", "conflicts"]);
    expect(others).toEqual([]);
    expect(overwritten).toMatchObject({
      outcome: "overwritten",
      reason: null,
      entity: { value: 1, note: "mine" },
      winner: { value: 5, note: "mine" },
      winner_device_label: "phone",
      merged_with: null,
    });
    const { stdout } = await a.run(["sync", "conflicts"]);
    expect(stdout).toContain(
      '\n  This device\'s version was replaced by that of "phone", because it was edited on two devices.\n',
    );
    expect(stdout).toMatch(
      /\n {2}this device {2}mood 1 \(awful\)\n(?:.*\n)* {2}"phone" {6}mood 5 \(great\)\n/,
    );
    expect(stdout).not.toContain("Merged");
    const [, command] = / moodsync (restore .*)\n/.exec(stdout)!;
    a.nowMs = Date.now();
    await a.json(command!.split(" "));
    await both();
    expect((await entitiesOf(b)).mood_entries).toMatchObject([{ value: 1 }]);
    for (const device of [a, b]) expect(await device.json(["sync", "conflicts"])).toHaveLength(1);
  });

  test("an entry that was deleted unseen elsewhere is listed, and so is a deletion that was overruled", async () => {
    await a.json(["edit", id, "--value", "1"]);
    const other = await a.json(["log", "mood", "2"]);
    await both();
    a.nowMs = b.nowMs;
    await a.json(["edit", id, "--value", "4"]);
    await a.run(["delete", other.id, "--yes"]);
    b.nowMs += 1000;
    await b.run(["delete", id, "--yes"]);
    await b.json(["edit", other.id, "--value", "3"]);
    await sync(a);
    await sync(b);
    await sync(a);
    const listed = await a.json(["sync", "conflicts"]);
    expect(listed).toHaveLength(2);
    expect(listed.find((one: { id: string }) => one.id === id)).toMatchObject({
      outcome: "overwritten",
      entity: { value: 4 },
      winner: null,
    });
    const { stdout } = await a.run(["sync", "conflicts"]);
    const commands = [...stdout.matchAll(/ moodsync ((?:restore|delete) .*)$/gm)].map(([, words]) =>
      words!.split(" "),
    );
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      expect(await a.run(command[0] === "delete" ? [...command, "--yes"] : command)).toMatchObject({
        code: 0,
      });
    }
    expect((await entitiesOf(a)).mood_entries).toMatchObject([{ id, value: 4 }]);
  });

  test("an edit that was made elsewhere knowing this one, or that took nothing of it, is no conflict here", async () => {
    await a.json(["edit", id, "--value", "1"]);
    await both();
    b.nowMs += 1000;
    await b.json(["edit", id, "--value", "5"]);
    await both();
    expect((await entitiesOf(a)).mood_entries).toMatchObject([{ value: 5 }]);
    await a.json(["edit", id, "--value", "2"]);
    b.nowMs += 1000;
    await b.json(["edit", id, "--note", "second"]);
    await both();
    expect((await entitiesOf(a)).mood_entries).toMatchObject([{ value: 2, note: "second" }]);
    expect(await a.json(["sync", "conflicts"])).toEqual([]);
  });

  test("of the same field the later one stands, and the other is listed and can be restored", async () => {
    a.nowMs = Date.now() - 2000;
    await a.json(["edit", id, "--value", "1"]);
    b.nowMs = Date.now() - 1000;
    await b.json(["edit", id, "--value", "5"]);
    await sync(b);
    await both();
    expect((await entitiesOf(a)).mood_entries).toMatchObject([{ value: 5 }]);
    const [lost] = await a.json(["sync", "conflicts"]);
    expect(lost).toMatchObject({
      outcome: "lost",
      entity: { value: 1 },
      winner: { value: 5 },
      winner_device_label: "phone",
    });
    a.nowMs = Date.now();
    await a.json(["restore", id, lost.version]);
    await both();
    expect((await entitiesOf(b)).mood_entries).toMatchObject([{ value: 1 }]);
  });

  test("a later edit wins over an earlier delete, and a later delete over an earlier edit", async () => {
    a.nowMs = Date.now() - 2000;
    await a.run(["delete", id, "--yes"]);
    b.nowMs = Date.now() - 1000;
    await b.json(["edit", id, "--value", "5"]);
    await both();
    expect((await entitiesOf(a)).mood_entries).toMatchObject([{ value: 5 }]);

    await a.json(["edit", id, "--value", "4"]);
    b.nowMs = Date.now() + 1000;
    await b.run(["delete", id, "--yes"]);
    await both();
    expect((await entitiesOf(a)).mood_entries).toEqual([]);
  });
});

test("a deleted entry stays deleted on both, and is restored on both", async () => {
  const { id } = await a.json(["log", "mood", "3"]);
  await both();
  await b.run(["delete", id, "--yes"]);
  await both();
  expect((await entitiesOf(a)).mood_entries).toEqual([]);
  await a.json(["restore", id]);
  await both();
  expect((await entitiesOf(b)).mood_entries).toHaveLength(1);
});

test("a version that only the server has is listed with its device, and can then be restored offline", async () => {
  const { id } = await a.json(["log", "mood", "3"]);
  await sync(a);
  await a.json(["edit", id, "--value", "5"]);
  await sync(a);
  b.nowMs = Date.now();
  await sync(b);
  const versions = await b.json(["history", id, "--server"]);
  expect(versions).toMatchObject([
    { outcome: "current", entity: { value: 5 }, device_label: "laptop" },
    { outcome: "replaced", entity: { value: 3 }, device_label: "laptop" },
  ]);
  await b.json(["restore", id, versions[1].version]);
  await both();
  expect((await entitiesOf(a)).mood_entries).toMatchObject([{ value: 3 }]);
});

test("a deletion of something that was never uploaded does no harm", async () => {
  const { id } = await a.json(["log", "mood", "3"]);
  await a.run(["delete", id, "--yes"]);
  await both();
  expect((await entitiesOf(b)).mood_entries).toEqual([]);
});

test("a device one year ahead loses no edit, and wins none that it did not see", async () => {
  const { id } = await b.json(["log", "mood", "3"]);
  await both();
  a.nowMs = Date.now() + 365 * 86_400_000;
  await a.json(["edit", id, "--value", "1"]);
  const outcome = await a.json(["sync"]);
  expect(outcome).toMatchObject({ pending: 0, notices: [expect.stringContaining("525,600 minutes ahead")] });
  b.nowMs = Date.now();
  await sync(b);
  expect((await entitiesOf(b)).mood_entries).toMatchObject([{ value: 1 }]);
  b.nowMs = Date.now() + 1000;
  await b.json(["edit", id, "--value", "5"]);
  await sync(b);
  await sync(a);
  expect((await entitiesOf(a)).mood_entries).toMatchObject([{ value: 5 }]);
});

test("an unknown field of a newer device survives an edit on an older one", async () => {
  const { id } = await a.json(["log", "mood", "3"]);
  await sync(a);
  const newer = {
    ...(await entitiesOf(a)).mood_entries![0]!,
    weather: { rain: true },
    metadata: {
      created_at: "2026-01-01T00:00:00.000Z",
      updated_at: new Date().toISOString(),
      deleted_at: null,
    },
  };
  const response = await fetch(`${server.url}/v1/sync/upload`, {
    method: "POST",
    headers: { authorization: `Bearer ${(await keyOf(a)).trim()}`, "content-type": "application/json" },
    body: JSON.stringify({
      device_id: "99999999-9999-4999-8999-999999999999",
      client_cursor: null,
      changes: [
        { entity_type: "MoodEntry", id, updated_at: newer.metadata.updated_at, deleted: false, data: newer },
      ],
    }),
  });
  expect(await response.json()).toMatchObject({ applied_ids: [id] });
  b.nowMs = Date.now() + 1000;
  await sync(b);
  await b.json(["edit", id, "--value", "5"]);
  await both();
  expect((await entitiesOf(a)).mood_entries).toMatchObject([{ value: 5, weather: { rain: true } }]);
});

async function keyOf(device: Device): Promise<string> {
  const { readFileSync } = await import("node:fs");
  return readFileSync(`${device.home}/api-key`, "utf8");
}

describe("an edit that was merged with another device's, undone,", () => {
  /** Both have the entry, edit it apart, and meet; then the phone undoes its edit. */
  async function undoneNote(first: string, laptop: string, phone: string): Promise<unknown> {
    const { id } = await a.json(["log", "mood", "3", "-n", first]);
    await both();
    a.nowMs = b.nowMs = Date.now();
    await a.json(["edit", id, "-n", laptop]);
    await b.json(["edit", id, "-n", phone]);
    await both();
    b.nowMs = Date.now();
    await b.json(["undo"]);
    await both();
    return (await entitiesOf(b)).mood_entries?.[0];
  }

  test.each([
    ["of the same paragraph", "first", "from the laptop", "from the phone"],
    ["beside an addition", "first", "first\n\nfrom the laptop", "first\n\nfrom the phone"],
    ["before an addition", "first", "first\n\nfrom the laptop", "changed"],
  ])("leaves what the other wrote: %s", async (_, first, laptop, phone) => {
    expect(await undoneNote(first, laptop, phone)).toMatchObject({ note: laptop });
  });

  test("leaves a note of which nothing of the edit is left", async () => {
    const { id } = await b.json(["log", "mood", "3", "-n", "first"]);
    b.nowMs += 1_000;
    await b.json(["edit", id, "-n", "second"]);
    await both();
    a.nowMs = Date.now();
    await a.json(["edit", id, "-n", "third"]);
    await both();
    b.nowMs = Date.now();
    await b.json(["undo"]);
    expect((await entitiesOf(b)).mood_entries?.[0]).toMatchObject({ note: "third" });
  });
});
