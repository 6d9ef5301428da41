import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixture, readImport } from "../../helpers/imports/read-import.ts";
import { temporaryDirectory } from "../../helpers/temporary-directory.ts";

/** What each sample comes to in Berlin: its moods, and the places of what is wrong. */
const SAMPLES: Record<string, { moods: string[]; problems?: string[]; skipped?: Record<string, number> }> = {
  "daylio-backup/android.daylio": {
    moods: [
      "5 2024-06-09T22:20:07.250+02:00 friends, garden | Lanterns\nIn the apple tree\n\nuntil late",
      "2 2024-06-09T00:05:07.250+02:00 calls",
      "4 2024-01-31T12:00:07.250+01:00 ",
      "1 2016-09-26T18:30:07.250Z  | older than the clock fields",
    ],
    skipped: { achievements: 1 },
  },
  "daylio-backup/ios.daylio": { moods: ["5 2025-01-14T23:30:07.250+05:30 friends | Chai on the roof"] },
  "pixels/scores.json": {
    moods: [
      "4 2024-02-29T12:00:00.000+01:00 tired, happy, film | Cinema.\nThen the bus",
      "2 2024-02-29T12:00:00.000+01:00 tired, happy, film",
      "3 2024-02-28T12:00:00.000+01:00 ",
    ],
  },
  "pixels/entries.json": { moods: ["5 2022-07-05T12:00:00.000+02:00 "] },
  "pixels/mood.json": {
    moods: ["2 2020-06-01T12:00:00.000+02:00 Angry | Rain", "4 2020-06-02T12:00:00.000+02:00 "],
  },
  "pixels/problems.json": {
    moods: ["3 2024-02-03T12:00:00.000+01:00 "],
    problems: ["item 1 no_such_day", "item 2 invalid_mood", "item 3 no_mood"],
  },
  "bearable/categories.csv": {
    moods: ["4 2024-03-05T08:20:00.000+01:00  | Fog, then sun", "2 2024-03-05T21:40:00.000+01:00 "],
    skipped: {
      Sleep: 1,
      "Sleep quality": 1,
      Symptom: 1,
      Energy: 1,
      Factors: 2,
      Gratitudes: 1,
      "Bowel Movements": 1,
    },
  },
  "bearable/iso-column.csv": {
    moods: ["5 2025-04-01T09:05:00.000+02:00 ", '1 2025-04-01T22:15:00.000+02:00  | Missed the "last" call'],
  },
  "bearable/broken.csv": {
    moods: ["3 2024-03-03T08:20:00.000+01:00 "],
    problems: ["2 no_such_day", "3 invalid_mood", "4 no_mood"],
  },
  "apple-state-of-mind/StateOfMind-2025-10-01-2025-10-31.csv": {
    moods: [
      "4 2025-10-03T21:30:12.000+02:00 Family, Self Care",
      "1 2025-10-02T08:04:55.000+02:00 Work",
      "3 2025-10-01T12:00:00.000-03:30 ",
    ],
  },
  "apple-state-of-mind/camel-case.json": {
    moods: ["5 2025-10-03T21:30:12.000+02:00 Self Care, Current Events"],
  },
  "nomie/nomie5.json": {
    moods: ["4 2025-04-01T22:30:00.000+02:00 beer, mum, garden | #mood(8) #beer(2) with @mum +garden"],
    skipped: { "logs without a mood": 1 },
  },
  "nomie/nomie6.json": { moods: ["2 2025-04-01T22:30:00.000+02:00  | #mood(3)"] },
  "obsidian-mood-tracker/mood-tracker-data.json": {
    moods: ["4 2025-03-29T21:15:00.000+01:00  | Sleet", "2 2025-03-31T07:15:00.000+02:00 "],
  },
  "pixy/items-list.json": {
    moods: [
      "4 2024-01-31T21:10:00.000+01:00 Reading 📚, Family | Long walk",
      "1 2024-01-31T00:30:00.000+01:00 ",
    ],
  },
  "pixy/items-object.json": { moods: ["4 2022-01-05T12:00:00.000+01:00 Reading 📚 | First day"] },
  "jrnl/journal.json": {
    moods: [
      "4 2025-06-28T18:22:00.000+02:00 friends | Barbecue with the choir. @mood4 @friends\nCoals too wet.\n\n- bread\n- cheese",
      "2 2025-06-30T22:10:00.000+02:00  | Storm @mood-2",
    ],
    skipped: { "entries without a mood": 1 },
  },
  "jrnl/journal.txt": {
    moods: [
      "4 2025-06-28T18:22:00.000+02:00 friends | Barbecue with the choir. @mood4 @friends\nCoals too wet.\n[1] a footnote, not a date",
      "2 2025-06-30T22:10:00.000+02:00  | Storm @mood-2",
    ],
    skipped: { "entries without a mood": 1 },
  },
  "daily-you/daily_you_logs.json": {
    moods: [
      "5 2025-02-02T21:30:00.000+01:00  | # Sunday\n\nPancakes **again**",
      "2 2025-01-31T00:05:00.000+01:00 ",
    ],
    skipped: { images: 1, "entries without a mood": 1 },
  },
  "daily-you/daily_you_backup.zip": {
    moods: ["5 2025-02-02T21:30:00.000+01:00 kitchen | Pancakes", "1 2025-02-03T21:30:00.000+01:00 "],
  },
  "spreadsheet/simple.csv": {
    moods: [
      "4 2025-03-01T12:00:00.000+01:00 reading, garden | Slow, sunny",
      "2 2025-03-02T12:00:00.000+01:00 ",
      '5 2025-03-03T12:00:00.000+01:00 friends, "chess" club | Two\nlines',
    ],
  },
  "spreadsheet/german-excel.csv": {
    moods: [
      "4 2025-01-03T18:30:00.000+01:00 Kochen, Radio | Früh dunkel – trotzdem „schön“",
      "2 2025-01-02T12:00:00.000+01:00  | 5 € Parkgebühr",
      "5 2025-01-01T00:05:00.000+01:00 Feuerwerk",
    ],
  },
  "spreadsheet/us-unicode.txt": {
    moods: [
      '4 2025-01-14T21:15:00.000+01:00 gym, late | He said "go"',
      "1 2025-01-02T00:05:00.000+01:00  | After the party 🎈",
    ],
  },
};

test.each(Object.entries(SAMPLES))("%s", async (sample, { moods, problems = [], skipped = {} }) => {
  const read = await readImport(fixture(sample));
  expect(read).toMatchObject({ format: sample.split("/")[0], moods, problems, warnings: [] });
  expect(read.skipped).toEqual(skipped);
});

test("what was unpacked of a Daylio backup is the same as the backup, in base64 and as JSON", async () => {
  const zipped = await readImport(fixture("daylio-backup/android.daylio"));
  const unpacked = await readImport(fixture("daylio-backup/decoded.json"));
  expect(unpacked).toEqual(zipped);
});

test("a PIN or passcode is in nothing that is read", async () => {
  for (const sample of ["daylio-backup/android.daylio", "daylio-backup/ios.daylio", "pixy/items-list.json"]) {
    expect(JSON.stringify(await readImport(fixture(sample)))).not.toMatch(/\b0000\b(?!-)|"pin"|passcode/i);
  }
});

test("How We Feel takes its levels from a map of keys", async () => {
  const moodMap = fixture("how-we-feel/mood-map.yml");
  const short = await readImport(fixture("how-we-feel/short.csv"), { moodMap });
  expect(short.moods).toEqual([
    "4 2025-07-23T23:36:00.000+02:00 By Myself, Home, Resting | Window open, crickets",
    "2 2025-07-23T08:15:00.000+02:00 Coworkers, Work, Commuting, Meeting",
  ]);
  expect(short.extras[1]).toMatchObject({ feelings: ["Stressed", "Tired"] });
  const wide = await readImport(fixture("how-we-feel/wide.csv"), { moodMap });
  expect(wide.moods).toEqual(["4 2025-05-18T08:39:00.000+02:00 By Myself, Home, Reading | Second coffee"]);
  expect(wide.extras[0]).toMatchObject({ import: { Sleep: "7.5", Weather: "Clear" } });
  expect(await readImport(fixture("how-we-feel/short.csv"))).toMatchObject({
    problems: ["2 unknown_mood", "3 unknown_mood"],
    unmapped: ["calm", "stressed"],
  });
});

test("a sheet says what it assumes, and does not guess the order of day and month", async () => {
  expect((await readImport(fixture("spreadsheet/us-unicode.txt"))).assumed).toEqual({
    scale: "1-5",
    dateOrder: "mdy",
  });
  const file = fixture("spreadsheet/ambiguous-dates.csv");
  await expect(readImport(file)).rejects.toThrow("do not say whether day or month comes first");
  expect((await readImport(file, { dateOrder: "dmy" })).moods).toEqual([
    "4 2025-04-03T12:00:00.000+02:00 ",
    "2 2025-06-05T12:00:00.000+02:00 ",
  ]);
  const given = { scale: { min: 1, max: 10 }, moodMap: fixture("spreadsheet/problems.map.yml") };
  expect(await readImport(fixture("spreadsheet/problems.csv"), given)).toMatchObject({
    moods: [
      "2 2025-02-01T12:00:00.000+01:00  | fine",
      "3 2025-02-04T12:00:00.000+01:00  | a word without a map",
    ],
    problems: ["4 no_such_day", "5 no_mood", "6 invalid_mood"],
  });
});

test("scores of questionnaires come with bands of our own and the answers that are there", async () => {
  expect((await readImport(fixture("assessments/totals.csv"))).assessments).toEqual([
    "PHQ-9 12 moderate 2025-01-05T12:00:00.000+01:00",
    "GAD-7 9 mild 2025-01-05T12:00:00.000+01:00",
    "GAD-7 7 mild 2025-01-19T12:00:00.000+01:00",
    "PHQ-9 4 minimal 2025-02-02T12:00:00.000+01:00",
    "GAD-7 3 minimal 2025-02-02T12:00:00.000+01:00",
  ]);
  expect((await readImport(fixture("assessments/items.csv"))).assessments).toEqual([
    "PHQ-9 7 mild 2025-01-05T12:00:00.000+01:00 [1,1,2,1,0,1,1,0,0]",
    "PHQ-9 5 mild 2025-01-19T12:00:00.000+01:00 [0,1,1,1,0,1,1,0,0]",
  ]);
  const long = await readImport(fixture("assessments/long-form.csv"));
  expect(long.assessments).toEqual([
    "PHQ-9 7 mild 2025-01-05T20:15:00.000+01:00 [1,1,2,1,0,1,1,0,0]",
    "GAD-7 5 mild 2025-01-05T20:20:00.000+01:00 [1,1,1,1,1,0,0]",
    "K10 18 moderate 2025-01-05T20:25:00.000+01:00",
  ]);
  expect(long.extras[2]).toMatchObject({ import: { answers: [2, 2, 1, 2, 2, 2, 2, 2, 1, 2] } });
  expect(await readImport(fixture("assessments/problems.csv"))).toMatchObject({
    assessments: ["PHQ-9 10 moderate 2025-02-02T12:00:00.000+01:00"],
    problems: ["2 invalid_score", "3 invalid_score", "4 invalid_score", "5 invalid_score"],
  });
});

test("Apple's own export is refused with the way that works, and a backup that ends early as damaged", async () => {
  await expect(readImport(fixture("apple-state-of-mind/export.xml"))).rejects.toMatchObject({
    hint: expect.stringContaining("Health Auto Export"),
  });
  await expect(readImport(fixture("daylio-backup/truncated.daylio"))).rejects.toThrow("The zip is damaged");
});

test.each([
  ["in a folder", ["Daylio/", "__MACOSX/Daylio/._backup.daylio", "Daylio/backup.daylio"], 4],
  ["beside what macOS keeps of it", ["__MACOSX/backup.daylio", "backup.daylio"], 4],
  ["above the zip", ["../backup.daylio"], 0],
])("the file that counts is found in a zip %s", async (_where, names, moods) => {
  const directory = temporaryDirectory("zip");
  const script = `import sys, zipfile
content = zipfile.ZipFile(sys.argv[1]).read("backup.daylio")
with zipfile.ZipFile("packed.zip", "w") as packed:
    for name in sys.argv[2:]: packed.writestr(name, b"" if name.endswith("/") else b"x" if "__MACOSX" in name else content)`;
  execFileSync("python3", ["-c", script, fixture("daylio-backup/android.daylio"), ...names], {
    cwd: directory,
  });
  const read = readImport(join(directory, "packed.zip"));
  if (moods === 0) await expect(read).rejects.toThrow("No format");
  else expect((await read).moods).toHaveLength(moods);
});
