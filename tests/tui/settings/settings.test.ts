import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { formatApiKey } from "../../../src/domain/protocol/api-key.ts";
import { readSyncConfig } from "../../../src/local/sync-state/sync-config.ts";
import { recordSyncRun } from "../../../src/local/sync-state/sync-runs.ts";
import { wrapWords } from "../../../src/output/wrap-words.ts";
import { SETTING_NAMES, settingOf } from "../../../src/settings/definitions.ts";
import { readSettings } from "../../../src/settings/settings-file.ts";
import { createDevice } from "../../helpers/device/device.ts";
import { styleWith } from "../../helpers/golden/styles.ts";
import { problemOf } from "../../helpers/server/problem.ts";
import { KEYS } from "../../helpers/terminal/test-terminal.ts";
import { createTuiDevice, type OpenApp, type TuiDevice } from "../../helpers/terminal/tui-device.ts";

const USER = "0b000000-0000-4000-8000-000000000001";
const API_KEY = formatApiKey({ userId: USER, secret: "5e".repeat(32) });

let device: TuiDevice;
let server: Server | undefined;
beforeEach(() => {
  device = createTuiDevice();
});
afterEach(async () => {
  await device.remove();
  server?.closeAllConnections();
  server?.close();
});

/** A server that gives one answer to everything; the URL of it. */
async function answering(status: number, type: string, body: unknown): Promise<string> {
  server = createServer((_request, response) => {
    response.writeHead(status, { "content-type": type }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const open = (size = { columns: 60, rows: 20 }) => device.open("settings", size);

/** Types a server and a key into a device that has none, as one does who has never seen the page. */
async function fillIn(app: OpenApp, url: string, key: string): Promise<void> {
  await app.waitFor("▌Server");
  await app.type(KEYS.enter, KEYS.clearLine, url, KEYS.enter);
  await app.waitFor("▌API key");
  await app.type(KEYS.enter);
  await app.paste(key);
  await app.type(KEYS.enter);
}

/** What the command line says of the same. */
async function sentences(args: string[], input: string): Promise<string[]> {
  const { stderr } = await createDevice(device.directory).run(args, { input });
  return stderr.trim().split("\n");
}

describe("the page Connection", () => {
  test.each([
    "mood.example.org",
    "ftp://mood.example.org",
    "https://a:b@c.example",
    "http://mood.example.org",
  ])(
    "says of %s what the command line says, when the field is left, and keeps what was typed",
    async (url) => {
      const app = open();
      await app.type(KEYS.enter, url, KEYS.tab);
      for (const sentence of await sentences(["sync", "enable", url, "--key-stdin"], API_KEY)) {
        await app.waitFor(sentence);
      }
      expect(app.line("▌Server")).toContain(`! ${url}`);
    },
  );

  test("says of half a key what the command line says, and shows none of it", async () => {
    const app = open();
    const half = API_KEY.slice(0, 60);
    await fillIn(app, "http://127.0.0.1:9", half);
    for (const sentence of await sentences(["sync", "enable", "http://127.0.0.1:9", "--key-stdin"], half)) {
      await app.waitFor(sentence);
    }
    expect(app.screen.text()).not.toContain(API_KEY.slice(4, 12));
  });

  test("shows a key as bullets while it is typed, also without bracketed paste", async () => {
    const app = open();
    await app.waitFor("▌Server");
    await app.type(KEYS.down, KEYS.enter, API_KEY);
    await app.waitFor("•••");
    expect(app.screen.text()).not.toContain("msk_");
  });

  test("takes plain http back and forth, and asks the field again", async () => {
    const app = open();
    await app.type(KEYS.enter, "http://10.0.0.1", KEYS.enter);
    await app.waitFor("Without https://");
    await app.type(KEYS.down, KEYS.down, KEYS.down, KEYS.enter);
    await app.waitFor("allowed, on a network that you trust");
    expect(app.line("Server")).not.toContain("!");
  });

  test.each<[string, number, string, unknown, string]>([
    ["a revoked key", 401, "application/problem+json", problemOf("unauthorized"), "wrong or was revoked"],
    ["another web server", 200, "text/html", "hello", "is not a moodsync server"],
  ])("stores nothing after %s", async (_what, status, type, body, sentence) => {
    const url = await answering(status, type, body);
    const app = open();
    await fillIn(app, url, API_KEY);
    await app.type(KEYS.down, KEYS.down, KEYS.enter);
    await app.waitFor(sentence);
    expect(readSyncConfig(device.db)?.enabled ?? false).toBe(false);
    expect(device.keys.place()).toBeNull();
    expect(app.line("API key")).toContain("typed, not saved yet");
  });

  test("tests a connection without storing anything", async () => {
    const url = await answering(200, "application/json", { server_cursor: "1", entity_types: {} });
    const app = open();
    await fillIn(app, url, API_KEY);
    await app.type("t");
    await app.waitFor("The server answers and accepts the key.");
    expect(readSyncConfig(device.db)).toBeNull();
    expect(device.keys.place()).toBeNull();
  });

  test("forgets what was typed and not saved with Escape", async () => {
    const app = open();
    await app.type(KEYS.enter, "https://mood.example.org", KEYS.enter);
    await app.waitFor("https://mood.example.org");
    await app.type(KEYS.escape);
    await app.waitFor("Discard what you typed here and have not saved? y yes n no");
    await app.type("n", KEYS.escape, "y");
    await app.waitFor("none yet");
  });

  test("keeps what was typed over other pages and views, and asks before q drops it", async () => {
    const app = device.open("tui");
    await app.type(KEYS.backTab);
    await app.waitFor("▌Server");
    await app.type(KEYS.enter, "https://typed.example", KEYS.enter);
    await app.waitFor("▌API key");
    await app.type(KEYS.right);
    await app.waitFor("What you typed here is not saved yet. Leave the page? It stays typed. y yes n no");
    await app.type("y");
    await app.waitFor("▌appearance");
    await app.type("2");
    await app.waitFor("https://typed.example");
    await app.type(KEYS.tab);
    await app.waitFor("It stays typed. y yes n no");
    await app.type("y");
    await app.waitFor("How are you?");
    await app.type("q");
    await app.waitFor("is not saved. Leave anyway? y yes n no");
    await app.type("n", KEYS.backTab);
    await app.waitFor("https://typed.example");
    await app.type("q", "y");
    expect(await app.ended).toBe("quit");
  });

  test.each([
    ["a key", API_KEY],
    ["only blanks", "  "],
  ])("turns sync off with the words of the command, with %s in MOODSYNC_API_KEY", async (_, apiKey) => {
    const enable = () =>
      device.db.exec(`insert into sync_config (only_row, device_id, device_label, endpoint_url, account_id, enabled)
        values (1, '0c000000-0000-4000-8000-000000000001', 'here', 'https://mood.example.org', '${USER}', 1)
        on conflict do update set enabled = 1`);
    device.env.MOODSYNC_API_KEY = apiKey;
    enable();
    const commands = createDevice(device.directory);
    commands.env.MOODSYNC_API_KEY = apiKey;
    const { stdout, stderr } = await commands.run(["sync", "disable"]);
    enable();
    const app = open();
    await app.type(KEYS.right, KEYS.end, KEYS.enter, "y");
    await app.waitFor(`✓ ${stdout.trim()}`);
    const hint = app.screen.text().includes("is still set in the environment.");
    expect(hint).toBe(stderr.includes("is still set in the environment."));
  });

  test("asks nothing where nothing was changed", async () => {
    const app = open();
    await app.type(KEYS.enter, "x", KEYS.backspace, KEYS.enter);
    await app.waitFor("▌API key");
    await app.type("q");
    expect(await app.ended).toBe("quit");
  });

  test("names the keys of the field that is open, and none of a sync that is off", async () => {
    const app = open();
    expect(await app.waitFor("▌Server")).toMatch(/ \? keys {3}Enter do {3}t test {3}1–5 page {3}q quit$/);
    await app.type(KEYS.enter, "q");
    await app.waitFor(/ Enter keep until it is saved {3}Esc cancel$/);
    expect(app.line("▌Server")).toContain("q");
  });

  test("can be left while a server does not answer", async () => {
    server = createServer(() => {});
    await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const app = open();
    await fillIn(app, url, API_KEY);
    await app.type(KEYS.down, KEYS.down, KEYS.enter);
    await app.waitFor("Testing the connection …");
    await app.type("t");
    await app.waitFor("Something else is still running; wait until it is done. Testing the connection …");
    await app.type("3", "y", ...TO_SYNC_INTERVAL, KEYS.enter, "x", KEYS.enter);
    await app.waitFor("sync.interval must be a whole number from 1 to 1440. Testing the connection …");
    await app.type(KEYS.escape, "q", "y");
    expect(await app.ended).toBe("quit");
    expect(readSyncConfig(device.db)?.enabled ?? false).toBe(false);
  });
});

describe("the page Status", () => {
  test("says that sync is not set up where it is asked to test or to sync", async () => {
    const app = open();
    await app.type(KEYS.left);
    await app.waitFor("Last success");
    for (const key of ["t", "s"]) {
      await app.type(key);
      await app.waitFor("Sync is not set up on this device. The Connection page sets it up.");
      await app.type(KEYS.left, KEYS.right);
      await app.waitFor(/^(?!.*not set up)/s);
    }
  });

  test("tells of a failure in words and of a wrong clock", async () => {
    await device.keys.write(API_KEY, { deviceId: "d" });
    device.db.exec(`insert into sync_config (only_row, device_id, device_label, endpoint_url, account_id, enabled, clock_skew_ms)
      values (1, '0c000000-0000-4000-8000-000000000001', 'kitchen' || char(27) || '[2J', 'https://mood.example.org', '${USER}', 1, 180000)`);
    recordSyncRun(device.db, {
      startedAtMs: device.nowAtMs,
      finishedAtMs: device.nowAtMs,
      status: "failed",
      uploaded: 0,
      downloaded: 0,
      conflicts: 0,
      pending: 0,
      rejected: 0,
      errorCode: "unreachable",
      error: "The server does not answer.",
    });
    const app = open({ columns: 100, rows: 30 });
    await app.waitFor("Last success");
    expect(app.line("Last failure")).toContain("Sun 22 Nov 09:30: The server does not answer.");
    expect(app.line("Clock")).toContain("This device's clock is 3 minutes ahead of the server's.");
    expect(app.line("API key")).toContain("stored in a file that only you can read");
    expect(app.line("This device")).toContain("kitchen\\u001b[2J");
    expect(app.screen.text()).not.toContain("msk_");
    const small = open({ columns: 60, rows: 20 });
    await small.waitFor("↓ more");
    await small.type(KEYS.down, KEYS.down, KEYS.down, KEYS.down, KEYS.down);
    await small.waitFor("On the server");
  });
});

/** In the list of settings it is the fifth from the end. */
const TO_SYNC_INTERVAL = [KEYS.end, KEYS.up, KEYS.up, KEYS.up, KEYS.up];

describe("the page Preferences", () => {
  async function openPreferences(): Promise<OpenApp> {
    const app = open();
    await app.type(KEYS.right, ...TO_SYNC_INTERVAL);
    await app.waitFor("▌sync.interval");
    expect(app.line("sync.interval")).toContain("15 minutes");
    return app;
  }

  test("stores a setting as config does, and refuses with its sentence", async () => {
    const app = await openPreferences();
    await app.type(KEYS.enter, KEYS.clearLine, "0", KEYS.enter);
    await app.waitFor("sync.interval must be a whole number from 1 to 1440.");
    expect(await sentences(["config", "set", "sync.interval", "0"], "")).toEqual([
      "sync.interval must be a whole number from 1 to 1440.",
    ]);
    await app.type(KEYS.clearLine, "30", KEYS.enter);
    await app.waitFor("The daemon now syncs every 30 minutes.");
    expect(readSettings(device.home.configDir)["sync.interval"]).toBe(30);
    await app.type("x");
    await app.waitFor("The daemon now syncs every 15 minutes.");
  });

  test("goes through what can only be a few things", async () => {
    const app = await openPreferences();
    await app.type(KEYS.down, KEYS.enter);
    await app.waitFor("Reminders are now off.");
    expect(readSettings(device.home.configDir).reminders).toBe(false);
    await app.type(KEYS.home, KEYS.down, KEYS.down, " ", " ", " ");
    await app.waitFor("Colour is now automatic.");
  });

  test("shows as many settings as have room, with what they are for, and says how many there are beside", async () => {
    for (const [columns, rows, shown] of [
      [60, 20, 7],
      [80, 24, 13],
    ] as const) {
      const app = device.open("settings", { columns, rows });
      await app.type("3");
      const names = () => SETTING_NAMES.filter((name) => app.screen.text().includes(`${name}  `));
      await app.waitFor(`${SETTING_NAMES.length - shown} more below`);
      expect(names()).toEqual(SETTING_NAMES.slice(0, shown));
      await app.type(KEYS.end);
      await app.waitFor(`${SETTING_NAMES.length - shown} more above`);
      expect(names()).toEqual(SETTING_NAMES.slice(-shown));
      expect(app.line(" 5")).toMatch(/1 .*2 .*3 .*4 .*5/);
      const explained = wrapWords(settingOf("safety.contacts").description, columns - 21);
      await app.waitFor(explained.join(" "));
      await app.type("q");
    }
  });
});

describe("the screen", () => {
  test("has room for everything at 60 × 20 on every page, and follows the terminal", async () => {
    const inAscii = { columns: 60, rows: 20, style: styleWith({ depth: "none", alphabet: "ascii" }) };
    const pages = device.open("settings", inAscii);
    for (const page of ["Connection", "Preferences", "Devices", "Keys", "Status"]) {
      await pages.waitFor(`[${page}]`);
      expect(pages.screen.text()).toMatch(/^[ -~\n]*$/);
      expect(pages.line("q quit")).not.toContain("...");
      await pages.type(KEYS.right);
    }
    const app = open();
    await app.waitFor("▌Server");
    await app.type(KEYS.enter, "https://typed.example");
    app.resize(40, 10);
    await app.waitFor("needs 60 × 20 characters, this terminal has 40 × 10");
    app.resize(120, 40);
    await app.waitFor("https://typed.example");
    expect(app.screen.text().split("\n")).toHaveLength(40);
  });

  test("sets colours only where they are wanted, and says everything without them", async () => {
    const colours = (app: OpenApp) => [...app.screen.styles].filter((style) => /^(3\d|4\d|9\d)$/.test(style));
    const plain = device.open("settings");
    await plain.type(KEYS.enter, "x", KEYS.enter);
    await plain.waitFor("! The server's URL cannot be read.");
    expect(plain.line("▌Server")).toContain("! x");
    expect(colours(plain)).toEqual([]);
  });

  test("gives the terminal back after q, after Ctrl-C and after an error", async () => {
    const quit = open();
    await quit.waitFor("▌Server");
    expect(quit.isRaw()).toBe(true);
    await quit.type("q");
    expect(await quit.ended).toBe("quit");
    const interrupted = open();
    await interrupted.waitFor("▌Server");
    await interrupted.type(KEYS.enter, "half a url", KEYS.interrupt);
    expect(await interrupted.ended).toBe("interrupted");
    const hungUp = open();
    await hungUp.waitFor("▌Server");
    hungUp.input.emit("end");
    expect(await hungUp.ended).toBe("SIGHUP");
    const failing = device.open("settings");
    Object.assign(device, { nowMs: undefined });
    await failing.waitFor("▌Server").catch(() => {});
    await failing.type(KEYS.left);
    await expect(failing.ended).rejects.toThrow();
    for (const app of [quit, interrupted, hungUp, failing]) {
      expect([...app.screen.modes].sort()).toEqual(["25", "7"]);
      expect(app.isRaw()).toBe(false);
      expect(app.screen.text()).toBe("");
    }
  });

  test("ends with a sentence when the database cannot be read from the start", async () => {
    device.db.exec("alter table mood_entries rename to elsewhere");
    const app = device.open("tui");
    await expect(app.ended).rejects.toThrow("SQLite could not do what it was asked with the database file");
    expect([...app.screen.modes].sort()).toEqual(["25", "7"]);
  });

  test.each([["settings"], ["tui"]])(
    "of %s needs a terminal, and names the commands instead",
    async (name) => {
      const plain = await createDevice(device.directory).run([name]);
      expect(plain).toMatchObject({ code: 2, stdout: "" });
      expect(plain.stderr).toMatch(/^This needs a terminal; `moodsync .*` do the same\.\n$/);
      const dumb = createDevice(device.directory);
      dumb.env.TERM = "dumb";
      expect((await dumb.run([name], { terminal: true })).stderr).toMatch(
        /^This terminal cannot show a screen; /,
      );
    },
  );
});
