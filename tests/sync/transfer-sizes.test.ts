import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DEFAULT_SYNC_LIMITS } from "../../src/sync/exchange/sync-session.ts";
import { grow, recallSizes, rememberSizes, shrink } from "../../src/sync/exchange/transfer-sizes.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

/** A sync of its own, as another process begins it. */
const begin = (directory: string) => ({ limits: DEFAULT_SYNC_LIMITS, sizes: recallSizes(directory) });

test("what a slow line taught is known to the next process, and grows again once the line is quick", () => {
  const directory = temporaryDirectory("sizes");
  const slow = begin(directory);
  expect(shrink(slow, "batchBytes", slow.sizes.batchBytes)).toBe(true);
  expect(shrink(slow, "pageChanges", slow.sizes.pageChanges)).toBe(true);
  rememberSizes(directory, slow.sizes);
  const { batchBytes, pageChanges } = DEFAULT_SYNC_LIMITS;
  expect(begin(directory).sizes).toMatchObject({ batchBytes: batchBytes / 4, pageChanges: pageChanges / 4 });

  const sizes = [1, 2, 3].map(() => {
    const quick = begin(directory);
    grow(quick, "batchBytes", 1_000);
    grow(quick, "pageChanges", 1_000);
    rememberSizes(directory, quick.sizes);
    return begin(directory).sizes.pageChanges;
  });
  expect(sizes).toEqual([pageChanges / 2, pageChanges, pageChanges]);
  expect(begin(directory).sizes).toMatchObject({ batchBytes, pageChanges });
});

test("a slow exchange lets nothing grow, and in the sync that broke off it grows to half at most", () => {
  const sync = begin(temporaryDirectory("sizes"));
  shrink(sync, "pageChanges", 1_000);
  grow(sync, "pageChanges", 60_000);
  expect(sync.sizes.pageChanges).toBe(250);
  for (let i = 0; i < 5; i++) grow(sync, "pageChanges", 1_000);
  expect(sync.sizes.pageChanges).toBe(500);
});

test.each(["", "{}", '{"batchBytes":1,"pageChanges":0}', '{"batchBytes":1e99,"pageChanges":1e99}'])(
  "sizes that cannot be are as none: %s",
  (text) => {
    const directory = temporaryDirectory("sizes");
    writeFileSync(join(directory, "transfer-sizes.json"), text);
    const { batchBytes, pageChanges } = DEFAULT_SYNC_LIMITS;
    expect(recallSizes(directory)).toMatchObject({ batchBytes, pageChanges });
  },
);
