import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ENTITY_TYPES } from "../../../src/domain/entities/entity-type.ts";
import type { MoodEntry } from "../../../src/domain/entities/mood-entry.ts";
import { activityId } from "../../../src/domain/entities/natural-key.ts";
import { canonicalJson } from "../../../src/domain/versions/canonical.ts";
import { listLive } from "../../../src/local/versions/rows.ts";
import { writeAs } from "../../../src/local/versions/write.ts";
import { syncOnce } from "../../../src/sync/exchange/sync-once.ts";
import { createHttpClient } from "../../../src/sync/http/http-client.ts";
import { createHttpTransport } from "../../../src/sync/http/http-transport.ts";
import { openSyncSession } from "../../helpers/sync/sync-session.ts";
import { startAccount } from "../../helpers/sync/synced-devices.ts";

let server: Awaited<ReturnType<typeof startAccount>>;

beforeAll(async () => {
  server = await startAccount();
});
afterAll(() => server.close());

type SyncDevice = ReturnType<typeof openSyncSession>;

const device = fc.nat({ max: 2 });
const pick = fc.nat();
const step = fc.oneof(
  fc.record({ kind: fc.constant("log" as const), device, value: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant("name" as const), device, label: fc.constantFrom("run", "read") }),
  fc.record({ kind: fc.constant("edit" as const), device, pick, value: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant("note" as const), device, pick, note: fc.constantFrom("a", "b", "a\n\nb") }),
  fc.record({ kind: fc.constant("delete" as const), device, pick }),
  fc.record({ kind: fc.constant("sync" as const), device }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function perform({ db }: SyncDevice, action: Exclude<Step, { kind: "sync" }>, nowMs: number): void {
  writeAs(db, { name: action.kind, nowMs }, (writer) => {
    if (action.kind === "log") {
      const draft = {
        id: randomUUID(),
        activities: [],
        note: null,
        recorded_at: "2026-03-02T21:00:00.000+01:00",
      };
      writer.put("MoodEntry", { ...draft, value: action.value });
    } else if (action.kind === "name") {
      writer.put("Activity", {
        id: activityId(action.label),
        label: action.label,
        color_hex: null,
        icon: null,
      });
    } else {
      const moods = [...listLive(db, "MoodEntry")].sort((a, b) => (a.id < b.id ? -1 : 1));
      const mood = moods[action.pick % moods.length]?.entity as MoodEntry | undefined;
      if (!mood) return;
      if (action.kind === "delete") writer.remove("MoodEntry", mood.id);
      else
        writer.put("MoodEntry", {
          ...mood,
          ...(action.kind === "edit" ? { value: action.value } : { note: action.note }),
        });
    }
  });
}

function stateOf({ db }: SyncDevice): string[] {
  return ENTITY_TYPES.flatMap((entityType) =>
    [...listLive(db, entityType)].map(({ entity }) => canonicalJson(entity)),
  ).sort();
}

test("three devices that edit and sync in any order end with the same as the server", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const { apiKey } = await server.newAccount();
      const client = createHttpClient({ endpointUrl: server.url, apiKey });
      let nowMs = Date.now() - 60_000;
      const open = () => openSyncSession({ nowMs: () => nowMs, transport: createHttpTransport(client) });
      const devices = [open(), open(), open()];
      try {
        for (const action of steps) {
          nowMs += 1;
          const chosen = devices[action.device]!;
          if (action.kind === "sync") await syncOnce(chosen.session);
          else perform(chosen, action, nowMs);
        }
        for (let round = 0; round < 2; round++) for (const { session } of devices) await syncOnce(session);
        const fresh = open();
        devices.push(fresh);
        await syncOnce(fresh.session);
        const [first, ...others] = devices.map(stateOf);
        for (const state of others) expect(state).toEqual(first);
      } finally {
        for (const opened of devices) opened.remove();
        await client.close();
      }
    }),
    { numRuns: 20 },
  );
});
