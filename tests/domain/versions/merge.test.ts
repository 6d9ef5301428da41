import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideDownload, decideUpload } from "../../../src/domain/versions/merge.ts";
import { mergeCases } from "../../helpers/sync/merge-cases.ts";

const NOW = Date.UTC(2026, 10, 22, 12);

describe("the table of merge cases, by the pure rule", () => {
  for (const { name, stored, change, baseUpdatedAtMs, wasReplaced, ...expected } of mergeCases(NOW)) {
    test(name, () => {
      const decision = decideUpload(stored, { ...change, baseUpdatedAtMs, wasReplaced }, NOW);
      const outcome =
        decision.status === "conflict" ? decision.reason : decision.stores ? "applied" : "unchanged";
      expect(outcome).toBe(expected.upload);
      expect(decision.status === "applied" && decision.stores).toBe(expected.stands === "change");
      if (stored)
        expect(decideDownload({ ...change, revision: 1, ackedRevision: 1 }, stored)).toBe(expected.device);
    });
  }
});

const version = fc.record({
  updatedAtMs: fc.integer({ min: NOW - 5, max: NOW + 5 }),
  contentHash: fc.constantFrom("a", "b", "c"),
});

/** What a server without history holds after these changes. */
function serverAfter(changes: { updatedAtMs: number; contentHash: string }[]) {
  let stored: { updatedAtMs: number; contentHash: string } | null = null;
  for (const change of changes) {
    const decision = decideUpload(stored, { ...change, wasReplaced: false }, NOW);
    if (decision.status === "applied" && decision.stores) stored = change;
  }
  return stored;
}

test("delivering any earlier change again leaves the server as it is", () => {
  fc.assert(
    fc.property(fc.array(version, { minLength: 1 }), fc.nat(), (changes, pick) => {
      const again = changes[pick % changes.length]!;
      expect(serverAfter([...changes, again])).toEqual(serverAfter(changes));
    }),
  );
});

test("the latest time stands, whatever the order", () => {
  fc.assert(
    fc.property(fc.array(version, { minLength: 1 }), (changes) => {
      const latest = Math.max(...changes.map((change) => change.updatedAtMs));
      expect(serverAfter(changes)?.updatedAtMs).toBe(latest);
    }),
  );
});

test("a device that downloads what the server holds ends with the later version", () => {
  fc.assert(
    fc.property(version, version, (local, remote) => {
      const decision = decideDownload({ ...local, revision: 1, ackedRevision: 1 }, remote);
      expect(decision === "keep_and_repair").toBe(local.updatedAtMs > remote.updatedAtMs);
    }),
  );
});
