import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/local/storage/database.ts";
import { createDevice, type Device } from "../helpers/device/device.ts";
import { EVENING_MS, logInventedYear } from "../helpers/insights/log-invented-year.ts";
import { HOSTILE, hiddenInOutput } from "../helpers/terminal/hostile-text.ts";

let device: Device;
let folder: string;
let noted: string;
beforeAll(async () => {
  device = createDevice();
  device.nowMs = EVENING_MS;
  logInventedYear(device.home);
  folder = join(device.home, "pages");
  mkdirSync(folder);
  await device.run(["log", "mood", "4", "-n", "The <b>lake</b> & the ice", "--at", "2026-11-24 20:00"]);
  noted = (await device.json(["list", "--search", "lake"]))[0].id;
  await device.run(["log", "assessment", "k10", "--score", "22", "--at", "2026-02-11 12:00"]);
  await device.run(["log", "assessment", "gad7", "--score", "6", "--at", "2026-11-20 12:00"]);
});

const pageOf = async (...words: string[]) => (await device.run(["report", "-o", "-", ...words])).stdout;

describe("the file", () => {
  test("is for its owner alone, and the command says where it is and who can read it", async () => {
    const file = join(folder, "mine.html");
    expect(await device.run(["report", "-o", file])).toEqual({
      code: 0,
      stdout: `Report of 28 Aug to 25 Nov 2026: ${file} · whoever has that file can read it\n`,
      stderr: "",
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).toBe(await pageOf());
  });

  test("replaces another one only with --force, and never a link or a file of moodsync's own", async () => {
    const file = join(folder, "there.html");
    writeFileSync(file, "precious");
    expect(await device.run(["report", "-o", file])).toMatchObject({ code: 2, stdout: "" });
    expect(readFileSync(file, "utf8")).toBe("precious");
    expect(await device.run(["report", "-o", file, "--force"])).toMatchObject({ code: 0 });
    const link = join(folder, "link.html");
    symlinkSync(file, link);
    expect(await device.run(["report", "-o", link, "--force"])).toMatchObject({ code: 2 });
    const database = join(device.home, "moodsync.db");
    const before = statSync(database).size;
    expect(await device.run(["report", "-o", database, "--force"])).toMatchObject({ code: 2 });
    expect(statSync(database).size).toBe(before);
  });

  test("must be named", async () => {
    expect(await device.run(["report"])).toMatchObject({ code: 2, stderr: expect.stringContaining("-o") });
  });
});

describe("the page", () => {
  test("allows itself its one style and nothing else", async () => {
    const page = await pageOf("all", "--items", "--more", "--note", noted);
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!;
    const hash = createHash("sha256").update(style).digest("base64");
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'">`,
    );
    expect(page.match(/<(script|link|img|image|iframe|object|a|use|form)\b/g)).toBeNull();
    expect(page.match(/\s(style|href|src|on\w+)=/g)).toBeNull();
    expect(page.match(/url\((?!#hatch\))|@import|https?:/g)).toBeNull();
  });

  test("says its period in words, and is the same whenever it is made of the same data", async () => {
    const page = await pageOf("2026-03");
    expect(page).toContain("1 March to 31 March 2026, 31 days. Made on 25 November 2026.");
    expect(await pageOf("2026-03")).toBe(page);
    expect(await pageOf()).toContain("28 August to 25 November 2026, 90 days.");
  });

  test("has nothing of what comes after its period", async () => {
    const page = await pageOf("2026-03");
    expect(page).toContain("12 Mar");
    expect(page).not.toContain("8 Oct");
  });

  test("names nobody, and has no note, no single answer and no second page unless asked", async () => {
    const page = await pageOf();
    expect(page).toContain("<dt>Name</dt><dd></dd>");
    expect(page).toContain("Left out unless asked for: name, notes, single answers");
    for (const left of ["lake", "better off dead", "Little interest", "K10", 'class="more"']) {
      expect(page.replace(/<style>[\s\S]*<\/style>/, "")).not.toContain(left);
    }
  });

  test("has what was asked for", async () => {
    const page = await pageOf("--name", "Mira <O'Neil>", "--items", "--more", "--note", noted);
    expect(page).toContain("<dd>Mira &lt;O&#39;Neil&gt;</dd>");
    expect(page).toContain("<p>The &lt;b&gt;lake&lt;/b&gt; &amp; the ice</p>");
    expect(page).toMatch(/9\. Thoughts that you would be better off dead[^<]*<\/th><td>1<\/td><td>0<\/td>/);
    expect(page).toContain("K10");
    expect(page).toContain("All activities");
    expect(page).toContain("0 not at all, 1 several days");
    expect(page).not.toContain("Left out unless asked for: name");
  });

  test("takes a note only from a mood that has one", async () => {
    const [plain] = await device.json(["list", "--on", "2026-11-23"]);
    const [assessment] = await device.json(["list", "all", "--type", "gad7"]);
    expect(await device.run(["report", "-o", "-", "--note", plain.id])).toMatchObject({
      code: 2,
      stdout: "",
    });
    expect(await device.run(["report", "-o", "-", "--note", assessment.id])).toMatchObject({ code: 2 });
    expect((await device.run(["report", "-o", "-", "--note", "ffffffff"])).code).not.toBe(0);
    expect(await device.run(["report", "-o", "-", "--name", " "])).toMatchObject({ code: 2 });
  });

  test("has every text as a text, whatever it holds", async () => {
    const other = createDevice();
    other.nowMs = EVENING_MS;
    const label = `</text><script>x</script>'"`;
    for (let day = 1; day <= 24; day++) {
      const named = day % 2 ? ["-a", label, "-a", HOSTILE] : [];
      await other.run([
        "log",
        "mood",
        "3",
        ...named,
        "--create",
        "--at",
        `2026-11-${String(day).padStart(2, "0")} 12:00`,
      ]);
    }
    await other.run(["log", "assessment", "<i>mine</i>", "--score", "3"]);
    const { stdout } = await other.run(["report", "-o", "-", "--name", HOSTILE]);
    expect(stdout).toContain("&lt;/text&gt;&lt;script&gt;x&lt;/script&gt;&#39;&quot;");
    expect(stdout).toContain("&lt;i&gt;mine&lt;/i&gt;");
    expect(stdout).not.toMatch(/<script|<i>/);
    expect(hiddenInOutput(stdout)).toEqual([]);
  });
});

describe("a PHQ-9 without item 9", () => {
  test("is one of the PHQ-8 in tile, table, picture and answers", async () => {
    const other = createDevice();
    other.nowMs = EVENING_MS;
    await other.run(["log", "mood", "3"]);
    await other.run(["log", "assessment", "phq9", "--answers", "2,2,2,2,2,2,2,2,-"]);
    const { stdout } = await other.run(["report", "-o", "-", "--items"]);
    expect(stdout).toContain("<h2>PHQ-9, 0 to 24</h2>");
    expect(stdout).toContain("on 25 Nov; item 9 not answered, scored as PHQ-8; the first result</p>");
    expect(stdout).toContain('<td class="score">16‡</td>');
    expect(stdout).toContain("‡ item 9 not answered, scored as PHQ-8. After the band");
    expect(stdout).toContain(">16‡</text>");
    expect(stdout).toContain(">PHQ-9 16‡</text>");
    expect(stdout).toContain("<td>16, item 9 not answered, scored as PHQ-8</td>");
    expect(stdout).toContain("– not answered. ‡ item 9 not answered, scored as PHQ-8.");
  });
});

test("answers to another version are not put beside the questions of this one", async () => {
  const other = createDevice();
  other.nowMs = EVENING_MS;
  await other.run(["log", "assessment", "phq9", "--answers", "1,1,1,1,1,1,1,1,1"]);
  expect((await other.run(["report", "-o", "-", "--items"])).stdout).toContain("Little interest");
  const db = openDatabase(join(other.home, "moodsync.db"));
  db.prepare("update assessments set instrument_version = '99'").run();
  db.close();
  const { stdout } = await other.run(["report", "-o", "-", "--items"]);
  expect(stdout).not.toContain("Little interest");
  expect(stdout).toContain("No result has its answers");
});

describe("too little data", () => {
  test("is said in the place of each figure", async () => {
    const empty = createDevice();
    empty.nowMs = EVENING_MS;
    const { code, stdout } = await empty.run(["report", "-o", "-"]);
    expect(code).toBe(0);
    for (const words of [
      "No entry in this time.",
      "4 days with entries make a line; there are 0.",
      "No results yet.",
      "Weekdays need 4 weeks; there are 0.",
      "Not enough days yet. An activity is compared once there are 10 days with it and 10 without.",
    ]) {
      expect(stdout).toContain(words);
    }
    expect(stdout).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  test("of one entry and one result makes no false figure", async () => {
    const few = createDevice();
    few.nowMs = EVENING_MS;
    await few.run(["log", "mood", "4", "-a", "run"]);
    await few.run(["log", "assessment", "gad7", "--score", "6"]);
    const { stdout } = await few.run(["report", "all", "-o", "-", "--items", "--more"]);
    expect(stdout).toContain("there is 1.");
    expect(stdout).toContain("the first result");
    expect(stdout).toContain("run: 1 with, 0 without; needs 9 more with and 10 more days without.");
    expect(stdout).toContain("No result has its answers");
    expect(stdout).not.toMatch(/NaN|undefined|null|Infinity/);
  });
});
