import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { NEVER_FOUNDED } from "../../../server/openapi/sealed-examples.ts";
import { activityId } from "../../../src/domain/entities/natural-key.ts";
import type { SealingInfo } from "../../../src/domain/protocol/sealing-info.ts";
import { formatSealingKey, newSealingKey } from "../../../src/sealing/sealing-key.ts";
import type { Device } from "../../helpers/device/device.ts";
import { problemOf } from "../../helpers/server/problem.ts";
import { type LosingProxy, startLosingProxy } from "../../helpers/sync/losing-proxy.ts";
import { failure, sealedDevice } from "../../helpers/sync/sealed-devices.ts";
import { moodChange } from "../../helpers/sync/sync-server.ts";
import { entitiesOf, startAccount, sync } from "../../helpers/sync/synced-devices.ts";

let server: Awaited<ReturnType<typeof startAccount>>;
let proxy: LosingProxy;
let device: Device;
let mood: { id: string };
let mark: string;

beforeAll(async () => {
  server = await startAccount();
  proxy = await startLosingProxy(server.url);
  mark = `canary${randomUUID().replaceAll("-", "")}`;
  ({ device } = await sealedDevice({ url: proxy.url, apiKey: server.apiKey }, `${mark} device`));
  mood = await device.json(["log", "mood", "4", "-a", `${mark} label`, "-n", `${mark} note`]);
});
afterAll(async () => {
  proxy.close();
  await server.close();
});
beforeEach(async () => {
  proxy.answerBy(() => undefined);
  await sync(device);
  await device.json(["edit", mood.id, "--note", `${mark} ${randomUUID()}`]);
});

const readSealed = async () => (await device.json(["sync", "status"])).sealed;

const founded = { founded_at: "2026-03-02T20:10:00.000Z", founded_by: randomUUID() };
const otherKey = { format: 1, key_id: "0123456789abcdef", key_check: "AQ==" };

/** A server that says this of the account's kind, whatever it is asked. */
const ofKind = (sealing: SealingInfo) => (request: string) =>
  request === "GET /v1/sealing"
    ? { status: 200, body: sealing }
    : { status: 409, body: { ...problemOf("generation_changed"), sealing } };
const always = (status: number, body: unknown) => () => ({ status, body });
const cursors = { server_cursor: "c", head_cursor: "c", has_more: false };

/** Each with the commands of a person who wonders what is wrong. */
describe.each<[string, Parameters<LosingProxy["answerBy"]>[0]]>([
  ["the account is plain now", ofKind({ ...NEVER_FOUNDED, ...founded, generation: 7 })],
  [
    "the account is plain in the generation that was sealed",
    ofKind({ ...NEVER_FOUNDED, ...founded, generation: 1 }),
  ],
  ["the account was never sealed", ofKind(NEVER_FOUNDED)],
  [
    "the account was never sealed, and is empty",
    (request) =>
      request === "GET /v1/sync/digest"
        ? { status: 200, body: { server_cursor: "c", entity_types: {} } }
        : ofKind(NEVER_FOUNDED)(request),
  ],
  ["the account has another key", ofKind({ ...NEVER_FOUNDED, ...founded, ...otherKey, generation: 7 })],
  ["the generation has another key", ofKind({ ...NEVER_FOUNDED, ...founded, ...otherKey, generation: 1 })],
  ["there is no such route", always(404, problemOf("not_found"))],
  ["this client is too old for a sealed account", always(422, problemOf("sealed_account"))],
  ["the cursor is unknown", always(409, problemOf("resync_required", { reason: "unknown_cursor" }))],
  ["the cursor is too old", always(409, problemOf("resync_required", { reason: "cursor_expired" }))],
  ["the API key was revoked", always(401, problemOf("unauthorized"))],
  ["it failed", always(500, problemOf("internal"))],
  [
    "what a plain server says",
    always(200, { ...cursors, changes: [moodChange()], applied_ids: [], conflicts: [] }),
  ],
])("to a server that says: %s", (_, answers) => {
  test("a pinned device sends nothing that can be read, and stays pinned", async () => {
    const before = await entitiesOf(device);
    const pin = await readSealed();
    const sentBefore = proxy.sent().length;
    proxy.answerBy(answers);
    for (const args of [
      ["sync"],
      ["sync", "verify"],
      ["sync", "verify", "--repair"],
      ["sync", "status", "--online"],
      ["sync", "seal", "--finish"],
      ["history", mood.id, "--server"],
      ["account", "devices"],
    ]) {
      const { code, stderr } = await device.run(args);
      expect({ args, stderr: /\n {4}at |Error:/.test(stderr), isCode: code < 10 }).toEqual({
        args,
        stderr: false,
        isCode: true,
      });
    }
    const sent = proxy.sent().slice(sentBefore);
    expect(sent).toContain("/v1/");
    for (const text of [mark, mood.id, activityId(`${mark} label`), "MoodEntry", '"data"', "/v1/history/"])
      expect({ text, isSent: sent.includes(text) }).toEqual({ text, isSent: false });
    expect(sent).not.toMatch(/\/v1\/sync\/(upload|download)/);
    expect(await readSealed()).toMatchObject({ generation: pin.generation, key_id: pin.key_id });
    expect(await entitiesOf(device)).toEqual(before);
    proxy.answerBy(() => undefined);
    await sync(device);
    expect((await device.json(["sync", "status"])).pending).toBe(0);
    expect(await entitiesOf(device)).toEqual(before);
  });
});

test("a key file that was exchanged is found before anything is sent", async () => {
  const file = join(device.home, "sealing-key");
  const own = readFileSync(file, "utf8");
  writeFileSync(file, `${formatSealingKey(newSealingKey())}\n`);
  const sentBefore = proxy.sent();
  for (const args of [["sync"], ["sync", "verify"], ["history", mood.id, "--server"]])
    expect(await failure(device, args, 4)).toContain(
      "This is not the sealing key of this account; nothing was sent.",
    );
  expect(proxy.sent()).toBe(sentBefore);
  writeFileSync(file, own);
  await sync(device);
});
