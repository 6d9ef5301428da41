import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { MoodEntry } from "../../../src/domain/entities/mood-entry.ts";
import { MoodsyncError } from "../../../src/domain/moodsync-error.ts";
import type { SyncDownloadRequest } from "../../../src/domain/protocol/download.ts";
import { deleteEntries } from "../../../src/entries/delete-entries.ts";
import { editEntry } from "../../../src/entries/edit-entry.ts";
import { logMood } from "../../../src/entries/log-mood.ts";
import { countPending } from "../../../src/local/sync-state/pending-changes.ts";
import { listRejections } from "../../../src/local/sync-state/rejected-changes.ts";
import { readSyncConfig, updateSyncConfig } from "../../../src/local/sync-state/sync-config.ts";
import { listLive, readRow } from "../../../src/local/versions/rows.ts";
import { syncOnce } from "../../../src/sync/exchange/sync-once.ts";
import type { SyncTransport } from "../../../src/sync/exchange/transport.ts";
import { createHttpClient, type HttpClient } from "../../../src/sync/http/http-client.ts";
import { createHttpTransport } from "../../../src/sync/http/http-transport.ts";
import { openSyncSession } from "../../helpers/sync/sync-session.ts";
import { startAccount } from "../../helpers/sync/synced-devices.ts";

let server: Awaited<ReturnType<typeof startAccount>>;
let client: HttpClient;
let transport: SyncTransport;
const devices: ReturnType<typeof openSyncSession>[] = [];

beforeAll(async () => {
  server = await startAccount();
});
afterAll(() => server.close());
beforeEach(async () => {
  const { apiKey } = await server.newAccount();
  client = createHttpClient({ endpointUrl: server.url, apiKey, backoffMs: [] });
  transport = createHttpTransport(client);
});
afterEach(async () => {
  await client.close();
  for (const device of devices.splice(0)) device.remove();
});

function openDevice(given: { transport?: SyncTransport; limits?: object } = {}) {
  const device = openSyncSession({ nowMs: Date.now, transport, ...given });
  devices.push(device);
  return device;
}

type SyncDevice = ReturnType<typeof openSyncSession>;

/** Logs a mood, or edits the one that has the id. */
function log({ db }: SyncDevice, { id, metadata: _, ...fields }: Partial<MoodEntry> = {}): MoodEntry {
  const entries = entriesOf(db);
  if (id) return editEntry(entries, { entityType: "MoodEntry", id }, fields).entity;
  return logMood(entries, { value: 3, recorded_at: "2026-03-02T21:00:00.000Z", ...fields }).mood;
}

const entriesOf = (db: SyncDevice["db"]) => ({ db, nowMs: Date.now(), zone: () => 0 });

const pending = ({ db }: SyncDevice) => countPending(db, "1").pending;
const moods = ({ db }: SyncDevice) => [...listLive(db, "MoodEntry")].map(({ entity }) => entity);

test("an edit made while its upload is in flight stays pending, and follows", async () => {
  const a = openDevice();
  const first = log(a);
  a.session.transport = {
    ...transport,
    upload: async (request) => {
      const answer = await transport.upload(request);
      if (request.changes.length > 0) a.session.transport = transport;
      log(a, { ...first, value: 5 });
      return answer;
    },
  };
  const seenPending: number[] = [];
  a.session.onProgress = () => seenPending.push(pending(a));
  await syncOnce(a.session);
  expect(seenPending[0]).toBe(1);
  expect(pending(a)).toBe(0);
  const b = openDevice();
  await syncOnce(b.session);
  expect(moods(b)).toMatchObject([{ value: 5 }]);
});

test("what is edited after its batch was collected, and before it went out, follows in a later one", async () => {
  const a = openDevice({ limits: { batchChanges: 2 } });
  const first = [log(a), log(a), log(a), log(a)];
  const sent: number[][] = [];
  a.session.transport = {
    ...transport,
    upload: async (request, onSent) => {
      sent.push(request.changes.map(({ data }) => (data as MoodEntry).value));
      const answer = await transport.upload(request, onSent);
      if (sent.length === 1) log(a, { ...first[3]!, value: 5 });
      return answer;
    },
  };
  await syncOnce(a.session);
  expect(sent).toEqual([[3, 3], [3, 3], [5]]);
  expect(pending(a)).toBe(0);
  expect(a.session.counts.conflicts).toBe(0);
});

test("a page that was asked for ahead does not count when the cursor is another one by then", async () => {
  const a = openDevice();
  for (let i = 0; i < 3; i++) log(a);
  await syncOnce(a.session);
  const b = openDevice({ limits: { pageChanges: 1 } });
  const asked: SyncDownloadRequest["since"][] = [];
  b.session.transport = {
    ...transport,
    download: async (request, onSent) => {
      asked.push(request.since);
      const answer = await transport.download(request, onSent);
      if (asked.length === 3) updateSyncConfig(b.db, { cursor: null }); // as another process may, for another account
      return answer;
    },
  };
  await syncOnce(b.session);
  expect(asked.map((since) => since === null)).toEqual([true, false, false, true, false, false]);
  expect(moods(b)).toHaveLength(3);
});

test("an upload whose answer was lost goes again unchanged, before what is newer of its row", async () => {
  const a = openDevice();
  const sent: string[] = [];
  const first = log(a, { note: "first" });
  a.session.transport = {
    ...transport,
    upload: async (request) => {
      sent.push(JSON.stringify(request.changes));
      await transport.upload(request);
      throw new Error("the connection was cut");
    },
  };
  // With an empty cursor the cycle downloads first, then uploads.
  await expect(syncOnce(a.session)).rejects.toThrow("cut");
  log(a, { ...first, note: "second" });
  a.session.transport = {
    ...transport,
    upload: (request) => {
      sent.push(JSON.stringify(request.changes));
      return transport.upload(request);
    },
  };
  await syncOnce(a.session);
  expect(sent).toHaveLength(3);
  expect(sent[1]).toBe(sent[0]);
  expect(sent[2]).toContain("second");
  expect(a.session.counts.conflicts).toBe(0);
});

test("a response that arrives twice changes nothing more", async () => {
  const a = openDevice();
  for (let i = 0; i < 5; i++) log(a);
  const twice: SyncTransport = {
    upload: async (request) => {
      await transport.upload(request);
      return transport.upload(request);
    },
    download: async (request) => {
      await transport.download(request);
      return transport.download(request);
    },
  };
  a.session.transport = twice;
  await syncOnce(a.session);
  await syncOnce(a.session);
  expect(a.session.counts).toEqual({ uploaded: 5, downloaded: 0, conflicts: 0 });
  const b = openDevice({ transport: twice });
  await syncOnce(b.session);
  expect(moods(b)).toHaveLength(5);
});

describe("7 entries arrive whole, whatever the size of a page or a batch", () => {
  for (const size of [1, 6, 7, 8]) {
    test(`size ${size}`, async () => {
      const limits = { pageChanges: size, batchChanges: size };
      const a = openDevice({ limits });
      const ids = Array.from({ length: 7 }, () => log(a).id).sort();
      await syncOnce(a.session);
      const b = openDevice({ limits });
      await syncOnce(b.session);
      expect(
        moods(b)
          .map(({ id }) => id)
          .sort(),
      ).toEqual(ids);
    });
  }

  test("a batch is cut by its bytes too", async () => {
    const a = openDevice({ limits: { batchBytes: 3_000 } });
    for (let i = 0; i < 7; i++) log(a, { note: "n".repeat(1_000) });
    let uploads = 0;
    a.session.transport = {
      ...transport,
      upload: (request) => {
        uploads++;
        return transport.upload(request);
      },
    };
    await syncOnce(a.session);
    expect(uploads).toBe(4);
    expect(pending(a)).toBe(0);
  });
});

test("a 413 halves the batch, and a change that is too large alone is set aside", async () => {
  const a = openDevice();
  for (let i = 0; i < 5; i++) log(a);
  const large = log(a, { note: "too large" });
  a.session.transport = {
    ...transport,
    upload: async (request) =>
      request.changes.length > 2 || JSON.stringify(request).includes("too large")
        ? { status: "too_large" }
        : transport.upload(request),
  };
  await syncOnce(a.session);
  expect(countPending(a.db, "1")).toEqual({ pending: 1, rejected: 1 });
  a.session.transport = transport;
  await syncOnce(a.session);
  expect(pending(a)).toBe(1);
  log(a, { ...large, note: "shorter" });
  await syncOnce(a.session);
  expect(pending(a)).toBe(0);
});

const cutError = new MoodsyncError("unreachable", "The connection to the server failed.");

/** A line that breaks off what is longer than so many bytes. */
function lineOf(bytes: number): SyncTransport {
  return {
    upload: async (request) =>
      JSON.stringify(request).length > bytes
        ? { status: "broken_off", error: cutError }
        : transport.upload(request),
    download: async (request) => {
      const answer = await transport.download(request);
      const isCut = JSON.stringify(answer).length > bytes;
      return isCut ? { status: "broken_off", error: cutError } : answer;
    },
  };
}

describe("over a line that breaks off what is long", () => {
  test("batches and pages shrink until they get through, and grow again on a good one", async () => {
    const a = openDevice({ transport: lineOf(20_000) });
    for (let i = 0; i < 30; i++) log(a, { note: `${i} `.repeat(1_500) });
    await syncOnce(a.session);
    expect(pending(a)).toBe(0);
    expect(a.session.sizes.batchBytes).toBeLessThan(20_000);
    const b = openDevice({ transport: lineOf(20_000) });
    await syncOnce(b.session);
    expect(moods(b)).toHaveLength(30);
    expect(b.session.sizes.pageChanges).toBeLessThan(10);

    const shrunk = a.session.sizes;
    const next = openSyncSession({ nowMs: Date.now, transport });
    devices.push(next);
    next.session.sizes = { ...shrunk };
    for (let i = 0; i < 30; i++) log(next, { note: `${i} `.repeat(1_500) });
    await syncOnce(next.session);
    expect(next.session.sizes.batchBytes).toBeGreaterThan(shrunk.batchBytes);
  });

  test("what got through is kept where the rest does not, and nothing is set aside", async () => {
    const a = openDevice({ transport: lineOf(20_000) });
    for (let i = 0; i < 10; i++) log(a);
    log(a, { note: "x".repeat(10_000), unknown: "y".repeat(11_000) } as object);
    await expect(syncOnce(a.session)).rejects.toThrow(cutError.message);
    a.session.transport = transport;
    expect(countPending(a.db, "1").rejected).toBe(0);
    await syncOnce(a.session);
    expect(pending(a)).toBe(0);
  });

  test("a short request that breaks off is not taken for a long one", async () => {
    let requests = 0;
    const upload = async () => {
      requests++;
      return { status: "broken_off" as const, error: cutError };
    };
    const a = openDevice();
    await syncOnce(a.session);
    a.session.transport = { ...transport, upload };
    log(a);
    log(a);
    await expect(syncOnce(a.session)).rejects.toThrow(cutError.message);
    expect(requests).toBe(1);
    expect(pending(a)).toBe(2);
  });
});

test("what somebody on the way holds for too large waits for the next sync, and the others go up", async () => {
  const a = openDevice();
  for (let i = 0; i < 5; i++) log(a);
  log(a, { note: "too large" });
  const stopped = new MoodsyncError("unreachable", "Something between here and the server answered.");
  a.session.transport = {
    ...transport,
    upload: async (request) =>
      request.changes.length > 2 || JSON.stringify(request).includes("too large")
        ? { status: "stopped_on_the_way", error: stopped }
        : transport.upload(request),
  };
  await expect(syncOnce(a.session)).rejects.toThrow(stopped.message);
  expect(countPending(a.db, "1")).toEqual({ pending: 1, rejected: 0 });
  a.session.transport = transport;
  a.session.stopped.clear();
  await syncOnce(a.session);
  expect(pending(a)).toBe(0);
});

test("a page that fails half-way stores neither changes nor cursor", async () => {
  const a = openDevice();
  for (let i = 0; i < 3; i++) log(a);
  await syncOnce(a.session);
  const b = openDevice();
  b.session.transport = {
    ...transport,
    download: async (request) => {
      const answer = await transport.download(request);
      if (answer.status === "ok") {
        const { changes } = answer.response;
        Object.defineProperty(changes, 2, {
          get: () => {
            throw new Error("stopped");
          },
        });
      }
      return answer;
    },
  };
  await expect(syncOnce(b.session)).rejects.toThrow("stopped");
  expect(moods(b)).toEqual([]);
  expect(readSyncConfig(b.db)!.cursor).toBeNull();
});

describe("a server that does not behave ends in one sentence, with this device's data untouched", () => {
  const page = { server_cursor: "c", changes: [], has_more: true };
  test.each([
    ["has more but sends nothing", () => page, "does not send it"],
    ["never moves its cursor", () => ({ ...page, changes: [unknownChange()] }), "does not send it"],
    [
      "sends more than was asked for",
      () => ({ ...page, changes: Array.from({ length: 1_001 }, unknownChange) }),
      "more changes than were asked for",
    ],
  ])("%s", async (_name, response, sentence) => {
    const a = openDevice();
    const mine = log(a);
    a.session.transport = { ...transport, download: async () => ({ status: "ok", response: response() }) };
    await expect(syncOnce(a.session)).rejects.toThrow(sentence);
    expect(moods(a)).toEqual([mine]);
    expect(pending(a)).toBe(1);
  });

  const unknownChange = () => ({
    entity_type: "Weather",
    id: randomUUID(),
    updated_at: "2026-03-02T21:00:00.000Z",
    deleted: false,
    data: {},
  });
});

test("a change that this version cannot read waits for one that can, and blocks nothing", async () => {
  const a = openDevice();
  const readable = log(openDevice());
  const changes = [
    {
      entity_type: "Weather",
      id: readable.id,
      updated_at: readable.metadata.updated_at,
      deleted: false,
      data: {},
    },
    {
      entity_type: "MoodEntry",
      id: readable.id,
      updated_at: readable.metadata.updated_at,
      deleted: false,
      data: readable,
    },
  ];
  a.session.transport = {
    ...transport,
    download: async () => ({ status: "ok", response: { server_cursor: "c", changes, has_more: false } }),
  };
  await syncOnce(a.session);
  expect(moods(a)).toEqual([readable]);
  expect(a.db.prepare("select entity_type from deferred_changes").pluck().all()).toEqual(["Weather"]);
});

test("a change that the server rejects stays pending with its reason, and is not sent again until it is edited", async () => {
  const a = openDevice();
  const poison = log(a, { note: "poison" });
  log(a);
  let uploads = 0;
  a.session.transport = {
    ...transport,
    upload: async (request) => {
      uploads++;
      const good = request.changes.filter(({ data }) => (data as MoodEntry).note !== "poison");
      const answer = await transport.upload({ ...request, changes: good });
      if (answer.status === "ok" && good.length < request.changes.length) {
        answer.response.conflicts.push({
          entity_type: "MoodEntry",
          id: poison.id,
          reason: "invalid",
          detail: "note x",
        });
      }
      return answer;
    },
  };
  await syncOnce(a.session);
  await syncOnce(a.session);
  expect(uploads).toBe(1);
  expect(countPending(a.db, "1")).toEqual({ pending: 1, rejected: 1 });
  expect(countPending(a.db, "2")).toEqual({ pending: 1, rejected: 0 });
  expect(listRejections(a.db, "1")).toMatchObject([{ id: poison.id, reason: "invalid", detail: "note x" }]);
  log(a, { ...poison, note: "fine" });
  await syncOnce(a.session);
  expect(pending(a)).toBe(0);
  expect(readRow(a.db, "MoodEntry", poison.id)).toMatchObject({ entity: { note: "fine" } });
});

describe("the mass-deletion guard", () => {
  async function deleteElsewhere(total: number, deleted: number, pageChanges = 1_000) {
    const [a, b] = [openDevice(), openDevice({ limits: { pageChanges } })];
    const ids = Array.from({ length: total }, () => log(a).id);
    await syncOnce(a.session);
    await syncOnce(b.session);
    deleteEntries(
      entriesOf(a.db),
      ids.slice(0, deleted).map((id) => ({ entityType: "MoodEntry", id })),
    );
    await syncOnce(a.session);
    return b;
  }

  test("stops a sync that would delete more than half and more than 20, and stores nothing of it", async () => {
    const b = await deleteElsewhere(41, 21, 5);
    const cursor = readSyncConfig(b.db)!.cursor;
    await expect(syncOnce(b.session)).rejects.toThrow("more than half");
    expect(moods(b)).toHaveLength(41);
    expect(readSyncConfig(b.db)!.cursor).toBe(cursor);
  });

  test("lets half pass", async () => {
    const b = await deleteElsewhere(42, 21);
    await syncOnce(b.session);
    expect(moods(b)).toHaveLength(21);
  });

  test("lets 20 pass", async () => {
    const b = await deleteElsewhere(20, 20);
    await syncOnce(b.session);
    expect(moods(b)).toEqual([]);
  });
});
