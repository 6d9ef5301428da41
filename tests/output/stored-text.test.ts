import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { beforeAll, expect, test } from "vitest";
import { acquireDaemonLock } from "../../src/daemon/daemon-lock.ts";
import { logEvent } from "../../src/daemon/daemon-log.ts";
import { writeDaemonStatus } from "../../src/daemon/daemon-status.ts";
import { openSqlite } from "../../src/files/open-sqlite.ts";
import { databaseFile, locateHome } from "../../src/local/storage/home.ts";
import { createDevice, type Device } from "../helpers/device/device.ts";
import { styleWith } from "../helpers/golden/styles.ts";
import { fixture } from "../helpers/imports/read-import.ts";
import { copyHome } from "../helpers/program/home.ts";
import { argumentsOf, documentedLines, LINES_WITHOUT_OUTPUT } from "../helpers/project/command-lines.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";
import {
  changedTexts,
  HOSTILE,
  hiddenInOutput,
  hiddenOnScreen,
  isShownIn,
  withHostileTexts,
} from "../helpers/terminal/hostile-text.ts";
import { KEYS } from "../helpers/terminal/test-terminal.ts";
import { createTuiDevice } from "../helpers/terminal/tui-device.ts";

/** What sync fills: a version that lost, one that the server rejected, one of a later moodsync, another device, a run. */
const OF_SYNC = `
  insert into sync_config (only_row, device_id, device_label, endpoint_url, account_id, last_sync_cursor, seen_cursor)
    values (1, '5b0f8a4c-1e7d-4b7a-9a55-3c1d2e4f6a70', 'laptop', 'https://mood.example.org',
            '8c1f0b6e-2d3a-4c5b-9e7f-6a5b4c3d2e1f', 'MQ', 'MQ');
  insert into account_devices values ('c2d4e6f8-0a1b-4c3d-8e5f-7a9b0c1d2e3f', 'phone');
  update entity_history set outcome = 'lost', reason = 'server_newer', winner_hash = content_hash,
    winner_device_id = 'c2d4e6f8-0a1b-4c3d-8e5f-7a9b0c1d2e3f' where entity_type = 'MoodEntry';
  insert into sent_versions select 'MoodEntry', id, revision, updated_at, content_hash from mood_entries;
  insert into rejected_changes select 'MoodEntry', id, revision, 'invalid', 'note has the wrong form', '0.1.0', 1
    from mood_entries;
  insert into deferred_changes values ('SleepEntry', '99999999-9999-4999-8999-999999999999', 1,
    '{"entity_type":"SleepEntry","data":{"hours":"7"}}', 0, '0.1.0', 1);
  insert into walk_marks values ('MoodEntry', '99999999-9999-4999-8999-999999999999');
  insert into sync_runs values (1, 1, 2, 'failed', 0, 0, 0, 1, 1, 'failure', 'The server failed.');
  update mood_entries set extra = '{"weather":"rain"}';
`;

async function fill(device: Device): Promise<string> {
  const { id } = await device.json(["log", "mood", "4", "-a", "rowing", "--create", "-n", "slept"]);
  await device.json(["log", "assessment", "GAD-7", "--answers", "1,0,2,1,0,1,1"]);
  await device.json(["schedule", "add", "PHQ-9", "weekly", "--next-due", "2026-11-01"]);
  await device.json(["activity", "edit", "rowing", "--icon", "R", "--color", "#4caf50"]);
  await device.json(["edit", id, "--value", "2"]);
  await device.json(["config", "set", "safety.contacts", "Ada 555"]);
  const db = openStored(device.home);
  db.exec(OF_SYNC);
  db.close();
  const { stateDir } = locateHome(device.env);
  writeDaemonStatus(stateDir, {
    pid: process.pid,
    version: "0.1.0",
    started_at: "2026-11-22T08:00:00.000Z",
    interval_minutes: 15,
    database_read: true,
    halted: null,
    last_sync_at: "2026-11-22T08:15:00.000Z",
    last_sync: "ok",
    failures: 1,
    next_sync_at: "2026-11-22T08:30:00.000Z",
    reminders: true,
    reminder_problem: "no notifications",
  });
  logEvent(stateDir, { event: "sync failed", version: "0.1.0", reason: "unreachable" }, device.nowMs);
  return id;
}

/** The database as somebody else may have written it: with keys that lead nowhere and values that no check lets in. */
function openStored(home: string): Database.Database {
  const db = openSqlite(databaseFile(locateHome({ MOODSYNC_HOME: home })));
  db.pragma("foreign_keys = off");
  db.pragma("ignore_check_constraints = on");
  return db;
}

interface Column {
  table: string;
  column: string;
}

function textColumns(db: Database.Database): Column[] {
  // What the index of words holds is made from these tables, and nothing stays in those that feed it.
  const tables = db.prepare(
    "select name from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite%' and name <> 'mood_search_pending' order by name",
  );
  return (tables.pluck().all() as string[]).flatMap((table) =>
    (db.pragma(`table_info(${table})`) as { name: string; type: string }[])
      .filter(({ type }) => /text|blob|any/i.test(type) || type === "")
      .map(({ name }) => ({ table, column: name })),
  );
}

/** What is stored in the text, whatever it is: the hostile text alone, and in the place of each text of a JSON value. */
function hostileValues(stored: string | null): string[] {
  return [HOSTILE, ...[...withHostileTexts(parsed(stored))].map(([, value]) => JSON.stringify(value))];
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

/** Those that speak with no server; what changes something is last. */
const LINES = [...new Set([...LINES_WITHOUT_OUTPUT, ...documentedLines().map(({ line }) => line)])]
  .map((line) => line.replace(/ --(json|online)/g, ""))
  .filter((line) => !/^(admin|account|sync( now| enable| verify| key|$))|--server/.test(line))
  .sort((a, b) => Number(isChange(a)) - Number(isChange(b)));
/** Those of them that read what is in the database. */
const READING_LINES = LINES.filter(
  (line) =>
    !isChange(line) &&
    !/^(config|daemon|help|doctor|backup list|assessments --sources|show f|stats|chart|pixels|spark)/.test(
      line,
    ),
);

function isChange(line: string): boolean {
  return /^(log|edit|delete|restore|undo|redo|report|import|export -o|backup BACKUP|restore-backup|wipe|config set|\w+ (add|edit|merge|archive|unarchive|delete|enable|disable))\b/.test(
    line,
  );
}

/** Runs a line, for people and as JSON, and says what of it may not be printed. `isWhole`: it ended well both times. */
async function tryLine(device: Device, line: string, { terminal = true } = {}) {
  const args = argumentsOf(line, {
    MOOD: id,
    FILE: join(device.home, "export.json"),
    SAMPLE,
    BACKUP: join(device.home, "copy.db"),
  });
  const shown = await device.run(args, { terminal });
  const asJson =
    line.startsWith("export") && !line.includes("-o") ? shown : await device.run([...args, "--json"]);
  const wrong = [shown, asJson].flatMap(({ stdout, stderr }) => hiddenInOutput(stdout + stderr));
  if (asJson.code === 0) wrong.push(...changedTexts(JSON.parse(asJson.stdout, withoutShownText)));
  return {
    line,
    wrong: [...new Set(wrong)],
    isWhole: shown.code === 0 && asJson.code === 0,
    isShown: isShownIn(shown.stdout),
  };
}

/** Of `help-now` the text that people see is in its JSON, too, beside the contacts. */
function withoutShownText(name: string, value: unknown): unknown {
  return name === "text" ? undefined : value;
}

async function tryLines(device: Device, lines: readonly string[], options?: { terminal: boolean }) {
  const tried: Awaited<ReturnType<typeof tryLine>>[] = [];
  for (const line of lines) tried.push(await tryLine(device, line, options));
  return tried;
}

const isWrong = ({ wrong }: { wrong: string[] }) => wrong.length > 0;

/** A copy of the device that holds what is given in every row that can take it. */
function deviceWith(given: readonly Stored[]): Device {
  const home = temporaryDirectory("stored");
  copyHome(template.home, home);
  const db = openStored(home);
  for (const { table, column, value } of given)
    db.prepare(`update or ignore ${table} set ${column} = ?`).run(value);
  db.close();
  return createDevice(home);
}

interface Stored extends Column {
  value: string;
}

const SAMPLE = fixture("daylio-csv/en-8-columns.csv");

let template: Device;
let id: string;
/** What each column was filled with, and what the lines that read then printed. */
const filled: (Stored & { tried: Awaited<ReturnType<typeof tryLines>> })[] = [];
/** What lets every line that reads end well, so that it is shown. */
let harmless: Stored[];

beforeAll(async () => {
  template = createDevice();
  id = await fill(template);
  const db = openStored(template.home);
  for (const { table, column } of textColumns(db)) {
    const values = db.prepare(`select distinct ${column} from ${table}`).pluck().all() as (string | null)[];
    if (values.length === 0) throw new Error(`${table} has no row to be filled`);
    for (const value of new Set(values.flatMap(hostileValues))) {
      const stored = { table, column, value };
      filled.push({ ...stored, tried: await tryLines(deviceWith([stored]), READING_LINES) });
    }
  }
  db.close();
  harmless = filled.filter(({ tried }) => tried.every(({ isWhole }) => isWhole));
}, 300_000);

test("whatever column of whatever table a text is in, no command prints it raw", () => {
  const raw = filled.flatMap(({ table, column, tried }) =>
    tried.filter(isWrong).map((line) => ({ table, column, ...line })),
  );
  expect(raw).toEqual([]);
});

test.each([true, false])(
  "with all of it at once, every command shows it written out; on a terminal: %s",
  async (terminal) => {
    const tried = await tryLines(deviceWith(harmless), LINES, { terminal });
    expect(tried.filter(isWrong)).toEqual([]);
    const shown = tried.filter(({ isShown }) => isShown).map(({ line }) => line);
    expect(shown).toEqual(expect.arrayContaining(READING_LINES));
  },
);

test("with all of it at once, every screen shows it written out", async () => {
  const device = createTuiDevice(deviceWith(harmless).home);
  const app = device.open("tui", {
    columns: 100,
    rows: 40,
    style: styleWith({ depth: "none", alphabet: "ascii" }),
  });
  const shown = new Set<string>();
  for (const view of ["Today", "History", "Insights", "Settings"]) {
    await app.waitFor(`[${view}]`);
    for (let page = 0; page < (view === "Settings" ? 5 : 1); page++) {
      for (const key of [KEYS.down, KEYS.enter, "e", "a", "n", "t", "x", "/"]) {
        await app.type(key);
        if (isShownIn(app.screen.text())) shown.add(view);
        await app.type(KEYS.escape);
      }
      await app.type(KEYS.right);
    }
    await app.type(KEYS.tab);
  }
  expect(hiddenOnScreen(app.sent())).toEqual([]);
  expect([...shown]).toEqual(expect.arrayContaining(["Today", "History", "Settings"]));
  await device.remove();
}, 60_000);

test("whatever text of whatever file is changed, no command prints it raw", async () => {
  const files = readdirSync(template.home, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(json|log)$/.test(file),
  );
  expect(files.sort()).toEqual(["settings.json", "state/daemon.json", "state/daemon.log"]);
  const shown = new Set<string>();
  for (const file of files) {
    const stored = JSON.parse(readFileSync(join(template.home, file), "utf8"));
    for (const [, value] of withHostileTexts(stored)) {
      const device = deviceWith([]);
      writeFileSync(join(device.home, file), JSON.stringify(value));
      const release = acquireDaemonLock(join(device.home, "state"));
      const tried = await tryLines(device, [
        "config list",
        "daemon status",
        "daemon logs",
        "help-now",
        "today",
      ]);
      release?.();
      expect([file, tried.filter(isWrong)]).toEqual([file, []]);
      for (const { line, isShown } of tried) if (isShown) shown.add(line);
    }
  }
  expect([...shown].sort()).toEqual(["config list", "daemon logs", "daemon status", "help-now"]);
}, 60_000);
