import { expect, test } from "vitest";
import { fixture, readImport, readImportText } from "../../helpers/imports/read-import.ts";

const HEADING = "full_date,date,weekday,time,mood,activities,note_title,note\n";
const row = ({ day = "2025-03-03", time = "20:00", mood = "good", activities = "", note = "" }) =>
  `${day},x,x,${time},${mood},"${activities}","","${note}"\n`;

test("reads today's columns, the clock of twelve hours, and names with a blank behind them", async () => {
  expect(await readImport(fixture("daylio-csv/en-8-columns.csv"))).toMatchObject({
    format: "daylio-csv",
    moods: [
      "5 2024-06-09T22:20:00.000+02:00 garden, neighbours, ice cream | Lanterns in the apple tree",
      "3 2024-06-09T00:05:00.000+02:00 late train | Missed the last bus",
      '4 2024-06-08T12:00:00.000+02:00 market, cooking | Basil\nSmelled of summer. "Two bunches", she said',
      "2 2024-06-07T07:45:00.000+02:00 ",
      "1 2024-06-06T21:00:00.000+02:00 headache",
    ],
    problems: [],
  });
});

test("reads German names, HTML in notes, and keeps the scales beside the entry", async () => {
  const read = await readImport(fixture("daylio-csv/de-9-columns-scales.csv"));
  expect(read.moods).toEqual([
    "4 2025-02-11T21:05:00.000+01:00 Arbeit, Gut, Badewanne | Schnee & Stille\n\nKerzen an",
    "3 2025-02-11T07:10:00.000+01:00 Müde",
    "1 2025-02-10T18:30:00.000+01:00 Zahnarzt | Krone\nBetäubt bis zum Ohr",
  ]);
  expect(read.extras[0]).toEqual({
    import: {
      source: "daylio-csv",
      mood: "Gut",
      scales: "Schlafqualität:\u00a07/10\u00a0Punkte | Schlafdauer:\u00a07:45",
    },
  });
});

test("reads the columns of before 2019, where the day is written out", async () => {
  expect((await readImport(fixture("daylio-csv/ancient-7-columns.csv"))).moods).toEqual([
    "5 2018-05-21T23:40:00.000+02:00 choir, friends | Encore twice",
    "2 2018-05-20T10:05:00.000+02:00  | Rain on the tent",
    "3 2017-12-09T00:15:00.000+01:00 reading",
  ]);
});

test("names of one's own need a map, whose names may be no and null", async () => {
  const file = fixture("daylio-csv/custom-moods.csv");
  expect(await readImport(file)).toMatchObject({
    problems: ["2 unknown_mood", "3 unknown_mood"],
    unmapped: ["zonnig", "grijs"],
  });
  const moodMap = fixture("daylio-csv/custom-moods.map.yml");
  expect((await readImport(file, { moodMap })).moods).toEqual([
    "5 2025-05-02T19:00:00.000+02:00 fietsen, markt",
    "2 2025-05-01T19:00:00.000+02:00 binnen | Niet zo'n dag",
    "5 2025-05-01T08:30:00.000+02:00 ",
  ]);
  expect((await readImportText(HEADING + row({ mood: "NO" }), { moodMap })).moods).toHaveLength(1);
});

test("tells all problems with their lines, and reads the rest", async () => {
  const read = await readImport(fixture("daylio-csv/broken.csv"));
  expect(read.problems).toEqual(["3 unknown_mood", "4 no_mood", "5 no_such_day", "6 field_count"]);
  expect(read.moods).toEqual(["4 2025-03-03T20:00:00.000+01:00 work | fine"]);
});

test.each([
  [
    "a mood with a comma, which is one field too many although the last is empty",
    `2025-02-28,x,x,20:00,calm, tired,"walk","",""\n`,
    "2 field_count",
  ],
  ["a time that no clock shows", row({ time: "25:61" }), "2 no_such_time"],
  ["a year before 1900", row({ day: "0000-01-01" }), "2 no_such_day"],
  ["a NUL in a note", row({ note: "a\u0000b" }), "2 invalid_note"],
  ["a note that is too long", row({ note: "x".repeat(10_001) }), "2 invalid_note"],
  ["a label that is too long", row({ activities: "x".repeat(81) }), "2 invalid_label"],
  ["a quote that is never closed", `${row({})}2025-03-03,x,x,20:00,good,"walk`, "3 open_quote"],
  ["something behind a closing quote", `2025-03-03,x,x,20:00,good,"walk"s,"",""\n`, "2 broken_quote"],
])("%s is a problem", async (_, rows, problem) => {
  expect((await readImportText(HEADING + rows)).problems).toEqual([problem]);
});

test("a time that the clocks skipped is moved on, and of two the earlier counts, both with a warning", async () => {
  const rows = row({ day: "2025-03-30", time: "02:30" }) + row({ day: "2025-10-26", time: "02:30" });
  const read = await readImportText(HEADING + rows);
  expect(read.moods).toEqual(["4 2025-03-30T03:30:00.000+02:00 ", "4 2025-10-26T02:30:00.000+02:00 "]);
  expect(read.warnings).toEqual(["2 time_skipped", "3 time_twice"]);
});

test.each([
  ["12:05\u202fAM", "00:05"],
  ["12:05\u00a0pm", "12:05"],
  ["9:05 p. m.", "21:05"],
  ["20:39:00", "20:39"],
  ["\u5348\u5f8c9:05", "21:05"],
])("the clock shows %s at %s", async (time, clock) => {
  expect((await readImportText(HEADING + row({ time }))).moods[0]).toContain(`T${clock}:00.000`);
});

test("reads what a German Excel makes of it", async () => {
  const text =
    "full_date;date;weekday;time;mood;activities;note_title;note\r\n28.09.2024;x;x;20:39:00;Gut;M\u00fcde;;a;b\r\n";
  const latin = Buffer.from(text, "latin1");
  expect(await readImportText(latin)).toMatchObject({ problems: ["2 field_count"] });
  const fine = Buffer.from(text.replace(";a;b", ';"a;b"'), "latin1");
  expect((await readImportText(fine)).moods).toEqual(["4 2024-09-28T20:39:00.000+02:00 M\u00fcde | a;b"]);
});

test("a heading in the middle, with its mark, begins another export", async () => {
  const read = await readImportText(`\ufeff${HEADING}${row({})}\ufeff${HEADING}${row({})}`);
  expect(read.moods).toHaveLength(2);
  expect(read.items.map(({ kind }) => kind)).toEqual(["mood", "next export", "mood"]);
});

test("a heading without rows is no problem, and two of one name are", async () => {
  expect(await readImportText(HEADING)).toMatchObject({ moods: [], problems: [] });
  const twice = HEADING.replace("weekday", "time");
  await expect(readImportText(twice + row({}))).rejects.toThrow(
    "Two columns of the file have the same heading.",
  );
});

test.each([
  ["I <3 this &amp; that", "I <3 this & that"],
  ["one<br>two<br/><br />three", "one\ntwo\n\nthree"],
  ["<div>one</div><div>two <b>three</b></div>", "one\ntwo three"],
  ["list<ul><li>a</li><li>b</li></ul>end", "list\n- a\n- b\nend"],
  ["<script>x</script> 1 < 2", "<script>x</script> 1 < 2"],
  ["=1+1 \u001b[31m", "=1+1 \u001b[31m"],
])("the note %j is the text %j", async (note, text) => {
  expect((await readImportText(HEADING + row({ note }))).moods[0]).toBe(
    `4 2025-03-03T20:00:00.000+01:00  | ${text}`,
  );
});

test.each([
  ["English", ["Rad", "good", "meh", "bad", "awful"]],
  ["German", ["Super", "Gut", "Ok", "Schlecht", "Lausig"]],
  ["French", ["super", "bien", "mouais", "mauvais", "horrible"]],
  ["Italian", ["Ottimo", "buono", "così così", "male", "terribile"]],
  ["Japanese", ["最高", "良い", "普通", "悪い", "最悪"]],
  ["English, until 2018", ["rad", "good", "meh", "fugly", "awful"]],
  ["German, older", ["Super", "Gut", "Ok", "Schlecht", "Einfach scheiße"]],
])("knows Daylio's own names of moods: %s", async (_language, names) => {
  const { moods, problems } = await readImportText(HEADING + names.map((mood) => row({ mood })).join(""));
  expect(problems).toEqual([]);
  expect(moods.map((mood) => mood.slice(0, 1))).toEqual(["5", "4", "3", "2", "1"]);
});
