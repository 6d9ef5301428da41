import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type {
  SealedChange,
  SealedConflict,
  SealedDownloadResponse,
  SealedUploadResponse,
} from "../../../src/domain/protocol/sealed-change.ts";
import type { SyncChange } from "../../../src/domain/protocol/sync-change.ts";
import { sealChange } from "../../../src/sealing/seal-change.ts";
import { newSealingKey } from "../../../src/sealing/sealing-key.ts";
import { deriveSealingKeys } from "../../../src/sealing/sealing-keys.ts";
import type { Answer } from "../../../src/sync/exchange/transport.ts";
import { createSealedTransport } from "../../../src/sync/sealed/sealed-transport.ts";
import { moodChange } from "../../helpers/sync/sync-server.ts";

const keys = deriveSealingKeys(newSealingKey(), { accountId: randomUUID(), generation: 3 });
const seal = (change: SyncChange) => sealChange(keys, change)!;
const mood = moodChange({ note: "mine" });
const other = moodChange({ note: "another" });
const cursors = { server_cursor: "c", head_cursor: "c", server_time: Date.UTC(2026, 2, 2) };

let uploadAnswer: Answer<SealedUploadResponse>;
let downloadAnswer: Answer<SealedDownloadResponse>;
beforeEach(() => {
  uploadAnswer = accepted({});
  downloadAnswer = page({});
});
const transport = createSealedTransport(
  { upload: async () => uploadAnswer, download: async () => downloadAnswer },
  keys,
);
const upload = () => transport.upload({ device_id: randomUUID(), client_cursor: "c", changes: [mood] });
const download = () => transport.download({ device_id: randomUUID(), since: "c", limit: 10 });

const accepted = (more: Partial<SealedUploadResponse>): Answer<SealedUploadResponse> => ({
  status: "ok",
  response: { ...cursors, generation: 3, applied_ids: [], conflicts: [], ...more },
});
const page = (more: Partial<SealedDownloadResponse>): Answer<SealedDownloadResponse> => ({
  status: "ok",
  response: { ...cursors, generation: 3, changes: [], has_more: false, deletions_ahead: 0, ...more },
});
const conflict = (more: Partial<SealedConflict>): SealedConflict => ({
  id: seal(mood).id,
  reason: "stale_base",
  ...more,
});

describe("an answer that no server gives of a sealed account is refused whole:", () => {
  test.each<[string, Answer<SealedUploadResponse>]>([
    ["of another generation", accepted({ generation: 4, applied_ids: [seal(mood).id] })],
    ["an id that was not sent is applied", accepted({ applied_ids: [seal(mood).id, seal(other).id] })],
    ["a local id is applied", accepted({ applied_ids: [mood.id] })],
    ["a conflict of what was not sent", accepted({ conflicts: [conflict({ id: seal(other).id })] })],
    ["deletions were forgotten", { status: "resync_required", reason: "cursor_expired" }],
  ])("to an upload, %s", async (_, answer) => {
    uploadAnswer = answer;
    await expect(upload()).rejects.toMatchObject({ code: "failure" });
  });

  test.each<[string, Answer<SealedDownloadResponse>]>([
    ["of another generation", page({ generation: 2, changes: [seal(other)] })],
    ["deletions were forgotten", { status: "resync_required", reason: "cursor_expired" }],
  ])("to a download, %s", async (_, answer) => {
    downloadAnswer = answer;
    await expect(download()).rejects.toMatchObject({ code: "failure" });
  });
});

test("a server that does not know the cursor may say so", async () => {
  downloadAnswer = { status: "resync_required", reason: "unknown_cursor" };
  expect(await download()).toEqual(downloadAnswer);
});

const theirs = moodChange({ id: mood.id, note: "theirs" });

test("the version that stands is shown where it opens as the entity that was sent", async () => {
  uploadAnswer = accepted({ conflicts: [conflict({ server_change: seal(theirs) })] });
  expect(await upload()).toMatchObject({
    response: { conflicts: [{ entity_type: "MoodEntry", id: mood.id, server_change: theirs }] },
  });
});

test.each<[string, SealedChange]>([
  ["another entity", seal(other)],
  ["another entity under the id that was sent", { ...seal(other), id: seal(mood).id }],
  ["a version of another time", { ...seal(theirs), updated_at: "2026-03-02T20:00:05.124Z" }],
  ["a deletion that is none", { ...seal(theirs), deleted: true }],
  ["an entity in the clear", { ...seal(theirs), envelope: "", ...theirs } as SealedChange],
])("a conflict that shows %s is one without a version", async (_, server_change) => {
  uploadAnswer = accepted({ conflicts: [conflict({ server_change })] });
  const answer = await upload();
  expect(answer).toMatchObject({ status: "ok", response: { conflicts: [{ id: mood.id }] } });
  expect(JSON.stringify(answer)).not.toContain("server_change");
});
