import { expect, test } from "vitest";
import { activityId } from "../../src/domain/entities/natural-key.ts";
import { createDevice } from "../helpers/device/device.ts";

test("an activity gets the id of its label, so two devices agree on it", async () => {
  const device = createDevice();
  const activity = await device.json(["activity", "add", " Running ", "--color", "4CAF50", "--icon", "🏃"]);
  expect(activity).toMatchObject({
    entity_type: "Activity",
    id: activityId("running"),
    label: "Running",
    color_hex: "#4caf50",
    icon: "🏃",
  });
  expect((await device.run(["activity", "list"])).stdout).toMatch(/^🏃 Running {2}#4caf50 +[0-9a-f-]{36}\n$/);
});

test("a label that is taken is refused, in any case", async () => {
  const device = createDevice();
  await device.run(["activity", "add", "run"]);
  const { code, stderr } = await device.run(["activity", "add", "RUN"]);
  expect({ code, sentence: stderr.split("\n")[0] }).toEqual({
    code: 2,
    sentence: "There is already an activity with that label.",
  });
});

test("an activity is edited and deleted by label or id, and a deleted one is revived", async () => {
  const device = createDevice();
  const { id } = await device.json(["activity", "add", "face"]); // a label that could be an id
  expect(await device.json(["activity", "edit", "FACE", "--icon", "🙂"])).toMatchObject({ id, icon: "🙂" });
  expect((await device.run(["activity", "delete", id.slice(0, 8)])).stdout).toMatch(
    /^Deleted activity "face"/,
  );
  expect((await device.run(["activity", "list"])).stdout).toMatch(/^No activities\./);
  expect(await device.json(["activity", "add", "Face"])).toMatchObject({ id, label: "Face", icon: null });
});

test("a renamed activity keeps its id, and its old label gives another one the next free id", async () => {
  const device = createDevice();
  await device.run(["activity", "add", "run"]);
  await device.run(["activity", "edit", "run", "--label", "jog"]);
  expect((await device.json(["activity", "add", "run"])).id).toBe(activityId("run", 2));
});

test.each([
  [["activity", "edit", "swim", "--icon", "x"], 3, "No activity has that label or id."],
  [["activity", "delete", "swim"], 3, "No activity has that label or id."],
  [["activity", "delete", "abcdef12"], 3, "No entry has that id."],
  [["activity", "edit", "run"], 2, "You have not said what to change."],
  [["activity", "add", ""], 2, "The label must not be empty."],
  [["activity", "add", "x", "--color", "red"], 2, "The colour must be six hexadecimal digits after a #."],
  [["activity", "add", "x", "--icon", "12345678901234567"], 2, "The icon must have at most 16 characters."],
])("%j is refused", async (args, code, sentence) => {
  const device = createDevice();
  await device.run(["activity", "add", "run"]);
  const result = await device.run(args);
  expect({ code: result.code, sentence: result.stderr.split("\n")[0] }).toEqual({ code, sentence });
  expect(await device.json(["activity", "list"])).toHaveLength(1);
});

test("a mood cannot be deleted as an activity", async () => {
  const device = createDevice();
  const { id } = await device.json(["log", "mood", "3"]);
  expect(await device.run(["activity", "delete", id])).toMatchObject({ code: 3 });
  expect(await device.json(["list"])).toHaveLength(1);
});

test("two activities are merged by their labels, and their moods show one of them", async () => {
  const device = createDevice();
  await device.run(["activity", "add", "run", "--icon", "🏃"]);
  await device.run(["log", "mood", "4", "-a", "jogging"]);
  await device.run(["log", "mood", "3", "-a", "jogging", "-a", "run"]);
  expect(await device.run(["activity", "merge", "jogging", "run"])).toEqual({
    code: 0,
    stdout: 'Merged "jogging" into "run" · 2 moods\n',
    stderr: "No mood was changed; `moodsync undo` takes it back.\n",
  });
  const list = await device.run(["list"]);
  expect(list.stdout).toMatch(/ 🏃 run +[0-9a-f-]{36}\n.* 🏃 run +[0-9a-f-]{36}\n$/);
  expect((await device.run(["activity", "list"])).stdout).toMatch(/^jogging .*merged into 🏃 run /m);
  expect((await device.run(["log", "mood", "4", "-a", "jogging"])).stdout).toContain(" · 🏃 run · ");
  await device.run(["undo"]);
  await device.run(["undo"]);
  expect((await device.run(["list"])).stdout).toContain("jogging, 🏃 run");
});

test("a rename onto a label that is taken names the merge, and changes nothing", async () => {
  const device = createDevice();
  await device.run(["log", "mood", "4", "-a", "jogging", "-a", "run"]);
  const { code, stdout, stderr } = await device.run(["activity", "edit", "jogging", "--label", "Run"]);
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: "",
    stderr:
      '`moodsync activity merge "jogging" "run"` makes one of the two.\n' +
      "Another activity has that label already; nothing was changed.\n" +
      "`moodsync activity merge` makes one of the two.\n",
  });
  const labels = (await device.json(["activity", "list"])).map(({ label }: { label: string }) => label);
  expect(labels).toEqual(["jogging", "run"]);
});

test("an activity is archived and taken back into use", async () => {
  const device = createDevice();
  await device.run(["activity", "add", "work"]);
  expect((await device.run(["activity", "archive", "work"])).stdout).toMatch(
    /^Changed activity "work" · archived · [0-9a-f]{7}\n$/,
  );
  expect((await device.run(["activity", "archive", "work"])).stdout).toMatch(/^Nothing changed: /);
  expect((await device.run(["activity", "list"])).stdout).toContain("archived");
  expect(await device.json(["activity", "unarchive", "work"])).not.toHaveProperty("archived");
});

test("a label with one letter exchanged is made, with a hint at the other one", async () => {
  const device = createDevice();
  await device.run(["activity", "add", "walk"]);
  expect((await device.run(["log", "mood", "4", "-a", "talk"])).stderr).toBe(
    'Created activity "talk".\nThere is "walk", too; `moodsync undo` if you meant that.\n',
  );
  expect((await device.run(["log", "mood", "4", "-a", "balk", "--create"])).stderr).toBe(
    'Created activity "balk".\n',
  );
  const { code, stderr } = await device.run(["log", "mood", "4", "-a", "wlak"]);
  expect({ code, stderr: stderr.split("\n")[0] }).toEqual({ code: 2, stderr: 'Did you mean "walk"?' });
});

test("on a terminal a rename onto a label that is taken offers the merge", async () => {
  const device = createDevice();
  await device.run(["log", "mood", "4", "-a", "jogging", "-a", "run"]);
  const rename = ["activity", "edit", "jogging", "--label", "run"];
  const question = 'There is already an activity "run". Merge "jogging" into it? [y/N] ';
  expect(await device.run(rename, { terminal: true, input: "n\n" })).toEqual({
    code: 1,
    stdout: "",
    stderr: `${question}Nothing was changed.\n`,
  });
  expect((await device.run(rename, { terminal: true, input: "y\n" })).stdout).toBe(
    'Merged "jogging" into "run" · 1 mood\n',
  );
});

test("an edit adds and takes away activities by their sign, and refuses a mixture", async () => {
  const device = createDevice();
  await device.run(["log", "mood", "4", "-a", "run,work"]);
  expect((await device.run(["edit", "@last", "-a", "+swim", "-a", "-work"])).stdout).toContain(
    " · run, swim · ",
  );
  expect((await device.run(["edit", "@last", "-a", "yoga"])).stdout).toContain(" · yoga · ");
  const { code, stderr } = await device.run(["edit", "@last", "-a", "+run", "-a", "work"]);
  expect({ code, sentence: stderr.split("\n")[0] }).toEqual({
    code: 2,
    sentence: "Some activities have a + or - before them, and some have not.",
  });
});

test.each([
  ["glyphs", "ascii", " - "],
  ["plain", "on", ", "],
])("a label keeps its own signs where ours are others: %s %s", async (name, value, separator) => {
  const device = createDevice();
  await device.run(["config", "set", name, value]);
  await device.run(["activity", "add", "tea · books"]);
  const lines = [
    await device.run(["log", "mood", "4", "-a", "tea · books"]),
    await device.run(["edit", "@last", "--value", "3"]),
    await device.run(["undo"]),
    await device.run(["delete", "@last", "--yes"]),
  ].map(({ stdout }) => stdout.split("\n")[0]);
  for (const line of lines) expect(line).toContain(`${separator}tea · books`);
});
