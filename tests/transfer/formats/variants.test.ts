import { expect, test } from "vitest";
import { readImportText } from "../../helpers/imports/read-import.ts";

const json = (value: unknown, zone?: string) => readImportText(JSON.stringify(value), zone ? { zone } : {});

test.each<[string, string, string[], string[]]>([
  ["a scale in the cells", "date,mood\n2025-03-01,7/10\n2025-03-02,2/5\n", ["4", "2"], []],
  ["a scale in the heading", "Datum;Laune (0 - 4)\n01.03.2025;0\n02.03.2025;4\n", ["1", "5"], []],
  ["one value above five", "date,mood\n2025-03-01,6\n2025-03-02,2\n", ["3", "1"], []],
  [
    "words",
    "date,mood\n2025-03-01,Great\n2025-03-02,AWFUL\n2025-03-03,soso\n",
    ["5", "1"],
    ["4 unknown_mood"],
  ],
  [
    "no value",
    "date,mood\n2025-03-01,n/a\n2025-03-02,NaN\n2025-03-03,-\n",
    [],
    ["2 no_mood", "3 no_mood", "4 no_mood"],
  ],
  ["rows of commas", "date,mood,note\n2025-03-01,4,a\n,,\n2025-03-02,3\n", ["4", "3"], []],
  [
    "another separator in some rows",
    "date,mood,note\n2025-03-01,4,a\n2025-03-02;3;b\n",
    ["4"],
    ["3 no_such_day"],
  ],
  ["a field too many", "date,mood\n2025-03-01,4,x\n2025-03-02,3,\n", ["3"], ["2 field_count"]],
  ["the years 0 and 9999", "date,mood\n0000-03-01,4\n9999-13-01,4\n", [], ["2 no_such_day", "3 no_such_day"]],
  ["a day before its year, without separators", "date,mood\n19122023,4\n", [], ["2 no_such_day"]],
  ["Norwegian headings", "Dato;Hum\u00f8r;Notat\n05.03.2025;4;fint\n", ["4"], []],
  ["separators of Excel", "sep=|\ndate|mood|tags\n2025-03-01|4|a;b\n", ["4"], []],
])("a sheet with %s", async (_, text, values, problems) => {
  const read = await readImportText(text);
  expect({ values: read.moods.map((mood) => mood[0]), problems: read.problems }).toEqual({
    values,
    problems,
  });
});

test.each([
  ["2025/3/1", "2025-03-01T12:00:00.000+01:00"],
  ["2022/06/22 11:07:29 AM AST", "2022-06-22T11:07:29.000+02:00"],
  ["2022/06/22 11:07:29 AM GMT+2", "2022-06-22T11:07:29.000+02:00"],
  ["9/13/2023 10:01:10", "2023-09-13T10:01:10.000+02:00"],
  ["13/9/2023", "2023-09-13T12:00:00.000+02:00"],
  ["13-9-2023 7:05", "2023-09-13T07:05:00.000+02:00"],
  ["1.3.2025 7.05", "2025-03-01T07:05:00.000+01:00"],
  ["5 March 2025", "2025-03-05T12:00:00.000+01:00"],
  ["Mar 5, 2025 9:15 PM", "2025-03-05T21:15:00.000+01:00"],
  ["05-Mar-2025 21:15", "2025-03-05T21:15:00.000+01:00"],
  ["Wednesday, March 5, 2025", "2025-03-05T12:00:00.000+01:00"],
  ["Wed 5 Mar 2025 9:15 PM", "2025-03-05T21:15:00.000+01:00"],
  ["20250305", "2025-03-05T12:00:00.000+01:00"],
  ["2025-03-01T20:15:00.000+0100", "2025-03-01T20:15:00.000+01:00"],
  ["2025-03-01 20:15 +05:45", "2025-03-01T20:15:00.000+05:45"],
])("a sheet's date %s is %s", async (date, moment) => {
  const { moods, problems } = await readImportText(`date;mood\n${date};4\n`);
  expect({ moods, problems }).toEqual({ moods: [`4 ${moment} `], problems: [] });
});

test.each([
  ["date,mood\n2025-03-01,0\n", "may be of several scales"],
  ["date,mood\n2025-03-01,40\n", "may be of several scales"],
  ["date,mood\n1/13/2025,4\n13/1/2025,4\n", "Some dates of the sheet begin with the day"],
  ["date,Mood,rating\n2025-03-01,4,4\n", "Two columns may be the mood"],
  ["date,weather\n2025-03-01,4\n", "No column is known to be the mood"],
  ["when,mood\n2025-03-01,4\n", "No column is known to be the date"],
  ["date,mood,MOOD\n2025-03-01,4,4\n", "Two columns may be the mood"],
])("the sheet %j is refused with the headings that were found", async (text, sentence) => {
  await expect(readImportText(text)).rejects.toThrow(sentence);
});

test("headings of one's own are named by --columns, and what is not known is kept beside the entry", async () => {
  const columns = { date: "When", mood: "How", note: "Words" };
  const text = "When,How,Words,Weather,Tag\n2025-03-01,4,hello,rain,x\n";
  const read = await readImportText(text, { columns });
  expect(read.moods).toEqual(["4 2025-03-01T12:00:00.000+01:00  | hello"]);
  expect(read.extras).toEqual([{ import: { mood: "4", Weather: "rain", Tag: "x", source: "spreadsheet" } }]);
  await expect(readImportText(text, { columns: { date: "Nope" } })).rejects.toThrow(
    "No column has the heading",
  );
});

test.each<[string, string, string[], string[]]>([
  [
    "a total that is not the sum",
    "date,phq9_1,phq9_2,PHQ9 total\n2025-01-05,1,1,3\n",
    [],
    ["2 invalid_score"],
  ],
  ["item 9 left out", `date,${cells("phq9_", 9)}\n2025-01-05,1,1,1,1,1,1,1,1,\n`, ["PHQ-9 8 mild"], []],
  [
    "another item left out",
    `date,${cells("PHQ9_", 9)}\n2025-01-05,1,1,1,,1,1,1,1,1\n`,
    [],
    ["2 invalid_score"],
  ],
  ["an item out of range", `date,${cells("GAD-7_", 7)}\n2025-01-05,1,1,1,4,1,1,1\n`, [], ["2 invalid_score"]],
  ["another sum", `date,${cells("GAD7_", 7)},GAD7\n2025-01-05,1,1,1,1,1,1,1,8\n`, [], ["2 wrong_total"]],
  ["items and no total", `Date,${cells("gad7 q", 7)}\n2025-01-05,1,1,1,1,1,1,1\n`, ["GAD-7 7 mild"], []],
  ["nothing filled in", "date,PHQ-9,GAD-7\n2025-01-05,,0\n", ["GAD-7 0 minimal"], []],
  ["an unknown test", "Date,Test,Score\n2025-01-05,XYZ,5\n", [], ["2 unknown_test"]],
  ["a mood, too", "date,mood,phq-9 Summe\n2025-01-05,4,\n2025-01-06,,9\n", ["PHQ-9 9 mild"], []],
])("a sheet of scores with %s", async (_, text, assessments, problems) => {
  const read = await readImportText(text);
  expect({
    assessments: read.assessments.map((one) => one.split(" 2025")[0]),
    problems: read.problems,
  }).toEqual({
    assessments,
    problems,
  });
});

function cells(name: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `${name}${index + 1}`).join(",");
}

test.each<[string, unknown, string[], string[]]>([
  [
    "Pixels, without zeros in the day, and a score that is none",
    [
      { date: "2024-2-9", type: "Mood", scores: [4], notes: "", tags: [] },
      { date: "2024-02-10", type: "Mood", scores: [4, null] },
      { date: "2024-02-11", type: "Steps", scores: [4] },
    ],
    ["4 2024-02-09T12:00:00.000+01:00 "],
    ["item 2 invalid_mood"],
  ],
  [
    "Apple, a valence that is none",
    {
      data: {
        stateOfMind: [
          { start: "2025-10-03T19:30:12Z", kind: "daily_mood", valence: -0.6, labels: [], associations: [] },
          { start: "2025-10-03 21:30:12 +0200", kind: "daily_mood", valence: "0.3" },
          { start: "2025-10-03 21:30:12 +0200", kind: "daily_mood", valence: 1.1 },
          { kind: "daily_mood", valence: 0.1 },
        ],
      },
    },
    ["2 2025-10-03T21:30:12.000+02:00 "],
    ["item 2 invalid_mood", "item 3 invalid_mood", "item 4 no_such_time"],
  ],
  [
    "Obsidian, ratings that are none",
    [
      { id: "a", dateTime: "2025-03-29T21:15:00Z", moodRating: "3", emotions: [], note: "[[x]]" },
      { id: "b", dateTime: "2025-03-29T21:15:00Z", moodRating: 6 },
      { id: "c", dateTime: "", moodRating: 3 },
      null,
    ],
    ["3 2025-03-29T22:15:00.000+01:00  | [[x]]"],
    ["item 2 invalid_mood", "item 3 no_such_time", "item 4 no_such_time"],
  ],
  [
    "Pixy, an unknown rating and half a surrogate pair",
    {
      version: "1",
      items: [
        { id: "a", dateTime: "2024-01-31T20:10:00.000Z", rating: "superb" },
        { id: "b", dateTime: "2024-01-31T20:10:00.000Z", rating: "bad", message: "\ud800" },
        { id: "c", date: "2024-01-31", rating: "bad", tags: [{ id: "gone" }] },
      ],
      tags: [],
      settings: {},
    },
    ["2 2024-01-31T12:00:00.000+01:00 "],
    ["item 1 invalid_mood", "item 2 invalid_note"],
  ],
  [
    "Nomie 3, and a mood out of its scale",
    {
      nomie: { number: "3" },
      events: [
        { _id: "a", notes: "#mood(5)", start: 1743539400000 },
        { _id: "b", note: "#mood(11)", end: 1743539400000 },
        { _id: "c", note: "#moody(3)", end: 1743539400000 },
      ],
    },
    ["3 2025-04-01T22:30:00.000+02:00  | #mood(5)"],
    ["item 2 invalid_mood"],
  ],
  [
    "Daily You, a mood that is none",
    [
      { text: "a", mood: 3, timeCreated: "2025-02-02T21:30:00.000", timeModified: "" },
      { text: "b", mood: 0, timeCreated: "2025-02-02T21:30:00.000", timeModified: "" },
    ],
    ["3 2025-02-02T21:30:00.000+01:00  | b"],
    ["item 1 invalid_mood"],
  ],
  [
    "jrnl, several moods, and one that is none",
    {
      tags: {},
      entries: [
        { title: "a", body: "", date: "2025-06-28", time: "18:22", tags: ["@mood4", "@mood5"] },
        { title: "b", body: "", date: "2025-06-28", time: "18:22", tags: ["@mood9"] },
        { title: "c", body: "", date: "2025-02-30", time: "18:22", tags: ["@mood/3"] },
        { title: "d", body: "", date: "2025-06-28", time: "18:22", tags: ["@mood3", "@moody"] },
      ],
    },
    ["3 2025-06-28T18:22:00.000+02:00 moody | d"],
    ["item 1 several_moods", "item 2 invalid_mood", "item 3 no_such_time"],
  ],
  [
    "Daylio, a mood that the backup does not have, and a month of no year",
    {
      customMoods: [{ id: 9, mood_group_id: 2, custom_name: "null", predefined_name_id: 2 }],
      dayEntries: [
        { id: 1, month: 5, datetime: 1717964407250, timeZoneOffset: 7200000, mood: 9, note: "a", tags: [7] },
        { id: 2, month: 5, datetime: 1717964407250, timeZoneOffset: 7200000, mood: 1, note: "" },
        { id: 3, month: 12, datetime: 1717964407250, timeZoneOffset: 7200000, mood: 9, note: "" },
      ],
    },
    ["4 2024-06-09T22:20:07.250+02:00  | a"],
    ["item 2 unknown_mood", "item 3 no_such_day"],
  ],
])("%s", async (_, value, moods, problems) => {
  const read = await json(value);
  expect({ moods: read.moods, problems: read.problems }).toEqual({ moods, problems });
});

test("a journal in another form, with another word for the mood", async () => {
  const text = "[09.06.2013 15:39] One #energy2\r\nmore\r\n\r\n[2013-06-10 15:39] Two @energy/5 @run\r\n";
  const read = await readImportText(text, { moodTag: "energy" });
  expect(read.moods).toEqual([
    "2 2013-06-09T15:39:00.000+02:00  | One #energy2\nmore",
    "5 2013-06-10T15:39:00.000+02:00 run | Two @energy/5 @run",
  ]);
  const broken = await readImportText("[2013-06-09 15:39] a\n\n[2013-02-30 15:39] b @mood2\n");
  expect(broken).toMatchObject({ problems: ["3 no_such_time"], skipped: { "entries without a mood": 1 } });
});

test.each<[string, string]>([
  ['{"data":{"metrics":[]}}', "holds no State of Mind"],
  ['{"dayEntries":[]}', "holds no entries or no moods"],
  ["[1,2]", "No format that moodsync reads"],
  ["{}", "No format that moodsync reads"],
])("%s is refused", async (text, sentence) => {
  await expect(readImportText(text)).rejects.toThrow(sentence);
});

test.each([
  ['{"data":{"stateOfMind":[]}}'],
  ["date,mood\n"],
  ["date,weekday,time of day,category,rating/amount,detail,notes\n"],
])("%j is no mistake, and has nothing", async (text) => {
  expect(await readImportText(text)).toMatchObject({ moods: [], problems: [] });
});

test.each([
  [
    Buffer.from('[{"date":"2024-03-05","type":"Mood","scores":[4],"notes":"caf\u00e9"}]', "latin1"),
    "not valid UTF-8",
  ],
  [Buffer.from("\ufeff[\ud800]", "utf16le"), "not valid UTF-16"],
])("JSON in another encoding is refused as that", async (bytes, sentence) => {
  await expect(readImportText(bytes)).rejects.toThrow(
    `The file is damaged or was not written to its end: it is ${sentence}.`,
  );
});

test("a date of Bearable is read as people write it, and as calendars do", async () => {
  const heading = "date,weekday,time of day,category,rating/amount,detail,notes\n";
  const days = ["5th Mar 2024", "2024-03-06", "2024-3-7", "2024-02-30"];
  const rows = days.map((day) => `"${day}","","08:20","Mood","7","",""\n`);
  const { moods, problems } = await readImportText(heading + rows.join(""));
  expect(moods).toEqual(
    ["2024-03-05", "2024-03-06", "2024-03-07"].map((day) => `4 ${day}T08:20:00.000+01:00 `),
  );
  expect(problems).toEqual(["5 no_such_day"]);
});
