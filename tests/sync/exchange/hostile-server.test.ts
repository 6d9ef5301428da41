import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newApiKey } from "../../../server/api-key-secret.ts";
import type { ConflictInfo } from "../../../src/domain/protocol/conflict.ts";
import type { SyncDownloadResponse } from "../../../src/domain/protocol/download.ts";
import type { SyncChange } from "../../../src/domain/protocol/sync-change.ts";
import { syncOnce } from "../../../src/sync/exchange/sync-once.ts";
import { createDevice, type Device } from "../../helpers/device/device.ts";
import { problemOf } from "../../helpers/server/problem.ts";
import { deletion, moodChange } from "../../helpers/sync/sync-server.ts";
import { openSyncSession } from "../../helpers/sync/sync-session.ts";

/** Answers one kind of request; what it returns is sent as JSON, unless it has answered by itself. */
type Answerer = (body: { changes: SyncChange[]; since: string | null }, response: ServerResponse) => unknown;

let answerUpload: Answerer;
let answerDownload: Answerer;
let answerList: () => unknown;
let requests: number;
let close: () => void;
let device: Device;
let mood: { id: string };

const SERVER_MS = Date.now();
const SERVER_TIME = new Date(SERVER_MS).toISOString();
const EMPTY_PAGE: SyncDownloadResponse = { server_cursor: "c", changes: [], has_more: false };
const nothingApplied = () => ({ server_cursor: "c", head_cursor: "c", applied_ids: [], conflicts: [] });

beforeEach(async () => {
  requests = 0;
  answerUpload = ({ changes }) => ({ ...nothingApplied(), applied_ids: changes.map(({ id }) => id) });
  answerDownload = () => EMPTY_PAGE;
  answerList = () => ({});
  const server = createServer(async (request, response) => {
    requests++;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const text = String(request.headers["content-encoding"] ? gunzipSync(bytes) : bytes);
    const body = text === "" ? null : JSON.parse(text);
    const answered =
      request.method === "PUT"
        ? { id: randomUUID(), label: "device", created_at: SERVER_TIME, last_seen_at: SERVER_TIME }
        : request.method === "GET"
          ? request.url === "/v1/sealing"
            ? notFound(response)
            : answerList()
          : (request.url === "/v1/sync/upload" ? answerUpload : answerDownload)(body, response);
    if (answered === undefined) return;
    response.setHeader("content-type", "application/json");
    response.end(typeof answered === "string" ? answered : JSON.stringify(answered));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  close = () => server.close().closeAllConnections();

  device = createDevice();
  device.nowMs = SERVER_MS;
  const enable = [
    "sync",
    "enable",
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    "--key-stdin",
  ];
  expect(await device.run(enable, { input: newApiKey(randomUUID()).text })).toMatchObject({ code: 0 });
  mood = await device.json(["log", "mood", "4", "-n", "mine"]);
});
afterEach(() => close());

/** What a server says that cannot keep sealed accounts. */
function notFound(response: ServerResponse): object {
  response.statusCode = 404;
  return problemOf("not_found");
}

/** The sync ends with this sentence and leaves every entry as it was, pending; a server that behaves then gets them. */
async function expectRefusal(sentence: RegExp | string, exitCode = 1): Promise<void> {
  const before = await device.json(["list", "all"]);
  const { code, stdout, stderr } = await device.run(["sync"]);
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: "" });
  expect(stderr).toMatch(sentence);
  await expectUntouched(before);
}

async function expectUntouched(before: unknown): Promise<void> {
  expect(await device.json(["list", "all"])).toEqual(before);
  expect((await device.json(["sync", "status"])).pending).toBe(1);
  await device.json(["edit", mood.id, "--note", "mine, still"]);
  let received: SyncChange[] = [];
  answerUpload = ({ changes }) => {
    received = changes;
    return { ...nothingApplied(), applied_ids: changes.map(({ id }) => id) };
  };
  answerDownload = () => EMPTY_PAGE;
  await device.json(["sync"]);
  expect((await device.json(["sync", "status"])).pending).toBe(0);
  expect(received).toMatchObject([{ id: mood.id, data: { note: "mine, still" } }]);
}

const page = (given: object): SyncDownloadResponse => ({ ...EMPTY_PAGE, ...given });
const conflict = (given: Partial<ConflictInfo>) => ({
  ...nothingApplied(),
  conflicts: [{ entity_type: "MoodEntry", id: mood.id, reason: "server_newer", ...given }],
});
/** Lets the device have synced before, so that it uploads first. */
async function haveSynced(): Promise<void> {
  await device.json(["sync"]);
  await device.json(["edit", mood.id, "--note", "mine, edited"]);
}

const NO_SERVER = /^What answers at this URL is not a moodsync server; nothing was stored\./;

describe("an answer of wrong types is refused:", () => {
  const change = moodChange();
  test.each<[string, unknown]>([
    ["a number", 7],
    ["null", "null"],
    ["a list", []],
    ["no cursor", { changes: [] }],
    ["a cursor that is a number", { server_cursor: 5, changes: [] }],
    ["an endless cursor", { server_cursor: "c".repeat(100_000), changes: [] }],
    ["changes that are an object", page({ changes: { length: 1 } })],
    ["a change that is null", page({ changes: [null] })],
    ["an id that is no id", page({ changes: [{ ...change, id: "../../etc/passwd" }] })],
    ["an entity type that is a number", page({ changes: [{ ...change, entity_type: 3 }] })],
    ["deleted that is a text", page({ changes: [{ ...change, deleted: "true" }] })],
    ["a time that is a number", page({ changes: [{ ...change, updated_at: 1 }] })],
    [
      "a time in the year 10000",
      page({ changes: [{ ...change, updated_at: "+010000-01-01T00:00:00.000Z" }] }),
    ],
    ["has_more that is a text", page({ has_more: "yes" })],
    ["a server time that is a text", page({ server_time: "now" })],
    ["JSON that ends too early", '{"server_cursor":"c","changes":['],
    ["a list in a list, 100,000 deep", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    [
      "a page with one change that is 100,000 deep",
      `{"server_cursor":"c","changes":[{"entity_type":"New","id":"${randomUUID()}","updated_at":"2026-01-01T00:00:00Z","deleted":false,"data":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}]}`,
    ],
  ])("%s", async (_, answered) => {
    answerDownload = () => answered;
    await expectRefusal(NO_SERVER, 6);
  });

  test.each<[string, object]>([
    ["applied ids that are no list", { applied_ids: "all" }],
    ["applied ids that are no ids", { applied_ids: ["x"] }],
    ["conflicts that are a number", { conflicts: 1 }],
    ["a conflict without its id", { conflicts: [{ entity_type: "MoodEntry", reason: "server_newer" }] }],
  ])("to an upload, %s", async (_, given) => {
    await haveSynced();
    answerUpload = () => ({ ...nothingApplied(), ...given });
    await expectRefusal(NO_SERVER, 6);
  });
});

describe("times that nothing could come after are refused:", () => {
  const FAR = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
  const sentence = /^The server sent an impossible time; nothing of it was stored\./;

  test.each<[string, () => object]>([
    ["of an entity that is new here", () => ({ changes: [moodChange({ updatedAtMs: FAR })] })],
    ["of an entity that is here", () => ({ changes: [moodChange({ id: mood.id, updatedAtMs: FAR })] })],
    ["of a deletion", () => ({ changes: [deletion(mood.id, FAR)] })],
    ["of the server's clock", () => ({ server_time: FAR })],
    ["of a clock beyond all times", () => ({ server_time: 1e300 })],
    ["of a clock before all times", () => ({ server_time: -1e300 })],
  ])("%s", async (_, given) => {
    answerDownload = () => page(given());
    await expectRefusal(sentence);
  });

  test.each<[string, () => object]>([
    [
      "of the version that stands",
      () => conflict({ server_change: moodChange({ id: mood.id, updatedAtMs: FAR }) }),
    ],
    ["of a deletion that stands", () => conflict({ server_change: deletion(mood.id, FAR) })],
    [
      "of the clock that an edit is to be set back to",
      () => ({ ...conflict({ reason: "clock_skew" }), server_time: FAR }),
    ],
  ])("in the answer to an upload, %s", async (_, given) => {
    await haveSynced();
    answerUpload = given;
    await expectRefusal(sentence);
  });
});

describe("what is not ours to be told of:", () => {
  test("ids that were never sent acknowledge nothing", async () => {
    await haveSynced();
    answerUpload = () => ({
      ...nothingApplied(),
      applied_ids: [randomUUID(), randomUUID()],
      conflicts: [
        { entity_type: "MoodEntry", id: randomUUID(), reason: "server_newer", server_change: moodChange() },
      ],
    });
    const before = await device.json(["list", "all"]);
    await device.run(["sync"]);
    expect(requests).toBeLessThan(10);
    await expectUntouched(before);
  });

  test("a conflict about one entry does not bring another", async () => {
    await haveSynced();
    answerUpload = () => conflict({ server_change: moodChange() });
    await expectRefusal(/^The server answered with the wrong entry; nothing of it was stored\./);
  });

  test("a conflict about an entry does not bring a schedule", async () => {
    await haveSynced();
    answerUpload = () => conflict({ server_change: { ...deletion(mood.id), entity_type: "Schedule" } });
    await expectRefusal(/^The server answered with the wrong entry; nothing of it was stored\./);
  });
});

describe("a reason must be true of the version that is shown:", () => {
  /** Versions by when they were made: the mood as it was synced first, its edit, and times around them. */
  async function times() {
    const [sent, base] = await device.json(["history", mood.id]);
    return { base: Date.parse(base.updated_at), sent: Date.parse(sent.updated_at) };
  }

  test.each<[string, string, (at: { base: number; sent: number }) => number]>([
    ["stale_base", "as old as the base", ({ base }) => base],
    ["stale_base", "older than the base", ({ base }) => base - 1],
    ["same_timestamp", "older", ({ sent }) => sent - 1],
    ["same_timestamp", "newer", ({ sent }) => sent + 1],
    ["server_newer", "as old", ({ sent }) => sent],
    ["server_newer", "older", ({ sent }) => sent - 1],
    ["superseded", "as old", ({ sent }) => sent],
    ["clock_skew", "as old", ({ sent }) => sent],
    ["clock_skew", "newer", ({ sent }) => sent + 1],
  ])("%s with a version that is %s", async (reason, _, timeOf) => {
    await haveSynced();
    const updatedAtMs = timeOf(await times());
    answerUpload = () => conflict({ reason, server_change: moodChange({ id: mood.id, updatedAtMs }) });
    await expectRefusal(/^The server gave a reason that is not true; nothing of its answer was stored\./);
  });

  test("with a true one, the version is merged", async () => {
    await haveSynced();
    const updatedAtMs = (await times()).base + 1;
    const change = moodChange({ id: mood.id, updatedAtMs });
    answerUpload = () => {
      answerUpload = ({ changes }) => ({ ...nothingApplied(), applied_ids: changes.map(({ id }) => id) });
      return conflict({ reason: "stale_base", server_change: change });
    };
    expect(await device.json(["sync"])).toMatchObject({ status: "ok", conflicts: 1 });
  });
});

describe("an edit that is rejected for its time is stamped earlier only after everything was compared:", () => {
  test.each<[string, (id: string) => Partial<ConflictInfo>]>([
    ["with no version that stands", () => ({})],
    [
      "with one that is older than the edit's base",
      (id) => ({ server_change: moodChange({ id, updatedAtMs: SERVER_MS - 1 }) }),
    ],
  ])("%s", async (_, standing) => {
    await haveSynced();
    const denied = conflict({ reason: "clock_skew", ...standing(mood.id) });
    const sinces: (string | null)[] = [];
    let uploads = 0;
    answerUpload = ({ changes }) =>
      ++uploads <= 2
        ? { ...denied, server_time: SERVER_MS - 3_600_000 }
        : { ...nothingApplied(), applied_ids: changes.map(({ id }) => id) };
    answerDownload = ({ since }) => {
      sinces.push(since);
      return EMPTY_PAGE;
    };
    const outcome = await device.json(["sync"]);
    expect(outcome.notices[0]).toMatch(/^The server does not remember this device's last sync/);
    expect({ sinces, uploads }).toEqual({ sinces: [null], uploads: 3 });
    expect(readdirSync(join(device.home, "backups"))).toHaveLength(1);
  });
});

describe("what a server says of a change is measured before it is kept:", () => {
  test.each<[string, string]>([
    ["of a megabyte", "x".repeat(1_000_000)],
    ["of no characters", ""],
    ["that acts on the terminal", "invalid\u001b]0;owned\u0007"],
    ["of two lines", "invalid\nsynced: all is well"],
    ["of half a character", "invalid\ud800"],
  ])("a reason %s", async (_, reason) => {
    await haveSynced();
    answerUpload = () => conflict({ reason });
    await expectRefusal(/^The server gave a reason that makes no sense; nothing of its answer was stored\./);
  });

  test("a reason of a later server is kept, its detail as one line of a few hundred characters", async () => {
    await haveSynced();
    const detail = `note:\u001b[2J\n\ud800${"x".repeat(1_000_000)}`;
    answerUpload = () => conflict({ reason: "of_a_later_server", detail });
    expect((await device.run(["sync"])).code).toBe(5);
    const { rejections } = await device.json(["sync", "status"]);
    expect(rejections).toMatchObject([{ id: mood.id, reason: "of_a_later_server" }]);
    expect(rejections[0].detail).toMatch(/^note: \[2J x{280,300}$/);
  });

  test("a change that is answered for 100,000 times", async () => {
    await haveSynced();
    const [one] = conflict({ reason: "invalid" }).conflicts;
    answerUpload = () => ({ ...nothingApplied(), conflicts: Array(100_000).fill(one) });
    await expectRefusal(/^The server answered for more changes than it was sent; nothing of it was stored\./);
  });
});

describe("a list of the account is measured before it is kept or shown:", () => {
  const listed = (given: object) => ({
    id: randomUUID(),
    label: "phone",
    created_at: SERVER_TIME,
    last_seen_at: SERVER_TIME,
    last_used_at: SERVER_TIME,
    revoked_at: null,
    is_current: false,
    ...given,
  });

  describe.each<[string, string]>([
    ["devices", "devices"],
    ["keys", "api_keys"],
  ])("%s", (command, field) => {
    test("as it should be", async () => {
      answerList = () => ({ [field]: [listed({})] });
      expect(await device.json(["account", command])).toHaveLength(1);
    });

    test.each<[string, () => unknown[]]>([
      ["100,000 items", () => Array.from({ length: 100_000 }, () => listed({}))],
      ["a label of a megabyte", () => [listed({ label: "x".repeat(1_000_000) })]],
      ["a label with half a character", () => [listed({ label: "a\ud800" })]],
      ["a label of nothing", () => [listed({ label: "" })]],
      ["an id that is a path", () => [listed({ id: "../../keys" })]],
      ["an id with an escape", () => [listed({ id: `${randomUUID()}\u001b[2J` })]],
      ["a time that is a sentence", () => [listed({ created_at: "yesterday" })]],
      ["null", () => [null]],
    ])("%s", async (_, items) => {
      answerList = () => ({ [field]: items() });
      const { code, stdout, stderr } = await device.run(["account", command]);
      expect({ code, stdout }).toEqual({ code: 6, stdout: "" });
      expect(stderr).toMatch(NO_SERVER);
    });

    test("control characters in a label are written out", async () => {
      answerList = () => ({ [field]: [listed({ label: "a\u001b]0;owned\u0007\u202eb" })] });
      const { stdout, stderr } = await device.run(["account", command]);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(stdout + stderr).not.toMatch(/[\u001b\u0007\u202e]/);
    });
  });
});

describe("a server without an end:", () => {
  test("more is said to be there, but never sent", async () => {
    answerDownload = () => page({ has_more: true, server_cursor: randomUUID() });
    await expectRefusal(/^The server says that there is more, but does not send it\./);
    expect(requests).toBeLessThan(10);
  });

  test("a cursor that never moves", async () => {
    const change = moodChange();
    answerDownload = () => page({ has_more: true, changes: [change] });
    const { code, stderr } = await device.run(["sync"]);
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/does not send it\.\n/),
    });
    expect(requests).toBeLessThan(10);
  });

  test("more changes at once than were asked for", async () => {
    answerDownload = () => page({ changes: Array.from({ length: 20_000 }, () => deletion(randomUUID())) });
    await expectRefusal(/^The server sent more changes than were asked for; nothing of them was stored\./);
  });

  test("a cursor that is never right", async () => {
    await haveSynced();
    answerUpload = answerDownload = (_, response) => {
      response.writeHead(409, { "content-type": "application/problem+json" });
      response.end(JSON.stringify(problemOf("resync_required", { reason: "unknown_cursor" })));
    };
    await expectRefusal(/^The server rejects its own cursors\./);
    expect(requests).toBeLessThan(20);
    expect(readdirSync(join(device.home, "backups"))).toHaveLength(1);
  });

  test("uploads that are never answered for", async () => {
    await haveSynced();
    answerUpload = nothingApplied;
    const before = await device.json(["list", "all"]);
    await device.run(["sync"]);
    expect(requests).toBeLessThan(20);
    await expectUntouched(before);
  });

  test("a body of 100 MB", async () => {
    let sent = 0;
    answerDownload = (_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const chunk = Buffer.alloc(1024 * 1024, " ");
      const write = (failed?: Error | null) => {
        if (failed || response.destroyed || sent >= 100) return response.end("{}");
        sent++;
        return response.write(chunk, write);
      };
      write();
      return undefined;
    };
    await expectRefusal(/^The server's answer is too large; nothing of it was stored\./);
    expect(sent).toBeLessThan(60);
  });

  test("an answer that is too large for many changes is asked for with fewer", async () => {
    await haveSynced();
    await device.json(["log", "mood", "2"]);
    const sizes: number[] = [];
    answerUpload = ({ changes }) => {
      sizes.push(changes.length);
      const answer = JSON.stringify({ ...nothingApplied(), applied_ids: changes.map(({ id }) => id) });
      return changes.length > 1 ? `${answer}${" ".repeat(33 * 1024 * 1024)}` : answer;
    };
    expect(await device.json(["sync"])).toMatchObject({ status: "ok", uploaded: 2, pending: 0 });
    expect(sizes).toEqual([2, 1, 1]);
  });

  test.each<[string, { has_more: true; deletions_ahead?: number }]>([
    ["pages that go on for ever", { has_more: true }],
    ["pages that go on for ever while deletions are counted", { has_more: true, deletions_ahead: 1_000_000 }],
  ])("%s", async (_, given) => {
    const changes = [moodChange()];
    let pages = 0;
    const { session, remove } = openSyncSession({
      nowMs: Date.now,
      limits: { downloadChanges: 5_000 },
      transport: {
        upload: () => Promise.reject(new Error("nothing to upload")),
        download: async () => ({
          status: "ok",
          response: { server_cursor: `${pages++}`, changes, ...given },
        }),
      },
    });
    await expect(syncOnce(session)).rejects.toThrow("The server has more to send than one sync takes.");
    expect(pages).toBe(50);
    remove();
  });
});
