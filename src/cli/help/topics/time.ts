import type { Topic } from "./topic.ts";

export const TIME: Topic = {
  name: "time",
  summary: "how to write a time: words and dates",
  body: [
    "Options such as `--at`, `--since` and `--next-due` take a time as you would say it, or written out. Quote it where it has blanks.",
    [
      ['"yesterday 9pm"', "words; the last time that fits is meant, for --next-due the next one"],
      ['2h, 7d, "2 hours ago"', "counted from now; hours are real time, also when clocks change"],
      ["21:00, 9.30, 9pm", "today, or yesterday where it has not come yet; the answer says so"],
      ["2026-03-02", "a day: now's clock time if it is today, else 12:00"],
      ['"2026-03-02 21:00"', "clock time where you are, as the clock was on that day"],
      [
        '31.12.2025, "24.11. 20:00", 12/31/2025',
        "other ways to write a date; 3/4/2026 has two meanings and is refused",
      ],
      ["2026-03-02T21:00:00+01:00", "one moment, wherever you are (RFC 3339)"],
    ],
    "What has been logged cannot lie in the future; five minutes are forgiven, because clocks differ. A clock time that was skipped when the clocks went forward does not exist and is refused.",
    "The answer always repeats the time that was understood. If it is not what you meant: `moodsync edit @last --at WHEN`.",
  ],
};
