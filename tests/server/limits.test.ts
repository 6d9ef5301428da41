import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { createSlots } from "../../server/db/slots.ts";
import { createTransferBudget } from "../../server/http/transfer-budget.ts";
import { createTurns } from "../../server/http/turns.ts";
import { createLog, type LogFields } from "../../server/observability/log.ts";
import { createRateLimit } from "../../server/rate-limit.ts";
import { passedBound } from "../../src/domain/protocol/json-bounds.ts";

describe("the slots before the pool", () => {
  test("let so many in at once, the next when one leaves, in order", async () => {
    const slots = createSlots({ slots: 1, queue: 5, waitMs: 10_000 });
    const release = await slots.take();
    const order: number[] = [];
    const waiting = [1, 2].map(async (name) => {
      const leave = await slots.take();
      order.push(name);
      leave();
    });
    expect(order).toEqual([]);
    release();
    release(); // once is enough
    await Promise.all(waiting);
    expect(order).toEqual([1, 2]);
  });

  test("refuse when the queue is full, and when waiting takes too long", async () => {
    const slots = createSlots({ slots: 1, queue: 1, waitMs: 20 });
    await slots.take();
    const waiting = slots.take();
    await expect(slots.take()).rejects.toMatchObject({ kind: "unavailable", sqlState: "QUEUE_FULL" });
    await expect(waiting).rejects.toMatchObject({ kind: "unavailable", sqlState: "QUEUE_TIMEOUT" });
  });
});

describe("a rate limit", () => {
  test("counts each name apart and begins again with each window", () => {
    let now = 0;
    const limit = createRateLimit({ limit: 2, windowMs: 1_000, nowMs: () => now });
    expect([limit.count("a"), limit.count("a"), limit.count("a"), limit.count("b")]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect([limit.isExceeded("a"), limit.isExceeded("b"), limit.secondsLeft()]).toEqual([true, false, 1]);
    now = 1_000;
    expect([limit.isExceeded("a"), limit.count("a")]).toEqual([false, true]);
  });
});

describe("a rate limit of very many names", () => {
  test("lets none of them pass uncounted", () => {
    const limit = createRateLimit({ limit: 1, windowMs: 1_000, nowMs: () => 0 });
    for (let name = 0; name < 100_000; name++) limit.count(`name ${name}`);
    for (const late of ["late", "later"]) limit.count(late);
    expect([limit.count("late"), limit.count("later"), limit.count("name 5")]).toEqual([false, false, false]);
  });

  test("takes back what did not count", () => {
    const limit = createRateLimit({ limit: 1, windowMs: 1_000, nowMs: () => 0 });
    expect(limit.count("a")).toBe(true);
    limit.takeBack("a");
    expect([limit.count("a"), limit.count("a")]).toEqual([true, false]);
  });
});

describe("turns", () => {
  test("are counted by name, and refused with 429 where too many wait", async () => {
    const turns = createTurns({ atOnce: 1, waiting: 1, waitMs: 10_000 });
    const end = await turns.take("a");
    await turns.take("b");
    const next = turns.take("a");
    await expect(turns.take("a")).rejects.toMatchObject({ code: "rate_limited" });
    end();
    (await next)();
    (await turns.take("a"))();
  });
});

describe("the bytes on their way", () => {
  test("are limited by account and in all, and free again when they have arrived", () => {
    const budget = createTransferBudget({ bytesOfAccount: 10, bytesInAll: 15 });
    const give = budget.take("a", 10);
    expect(() => budget.take("a", 1)).toThrow("Too much is on its way");
    expect(() => budget.take("b", 6)).toThrow("Too much is on its way");
    budget.take("b", 5);
    give();
    budget.take("a", 10);
  });

  test("counts an answer that is there in any case, and then refuses what would come beside it", () => {
    const budget = createTransferBudget({ bytesOfAccount: 10, bytesInAll: 15 });
    const give = budget.hold("a", 11);
    expect(() => budget.take("a", 0)).toThrow("Too much is on its way");
    budget.take("b", 0);
    give();
    budget.take("a", 0);
  });
});

describe("the bounds of a JSON text", () => {
  test.each([
    ["[[1]]", { levels: 2 }, null],
    ["[[1]]", { levels: 1 }, "levels"],
    ['{"a":[{"b":[]}]}', { levels: 4 }, null],
    ['{"a":[{"b":[]}]}', { levels: 3 }, "levels"],
    ['["[[[[", "\\"[[[", "\\\\"]', { levels: 1 }, null],
    ["[],[],[]", { levels: 1 }, null],
    ["[1,2,3]", { items: 3 }, null],
    ["[1,2,3]", { items: 2 }, "items"],
    ['{"a":1,"b":[2,3],"c":4}', { items: 3 }, null],
    ['{"a":1,"b":[2,3],"c":4}', { items: 2 }, "items"],
    ['[",,,,","\\",,,"]', { items: 2 }, null],
    ["[[1,2],[3,4],[5,6]]", { items: 3, values: 6 }, null],
    ["[[1,2],[3,4],[5,6]]", { items: 3, values: 5 }, "values"],
  ])("%s with %o passes %s", (json, bounds, passed) => {
    const all = { levels: 9, items: 99, values: 99, ...bounds };
    expect(passedBound(Buffer.from(json), all)).toBe(passed);
  });
});

describe("the log", () => {
  test("leaves out what is not on its list", async () => {
    let text = "";
    const sink = new Writable({
      write(chunk, _encoding, done) {
        text += String(chunk);
        done();
      },
    });
    const log = await createLog(sink);
    log.info("request", {
      status: 200,
      note: "PRIVATE-MARKER",
      err: new Error("PRIVATE-MARKER"),
    } as LogFields);
    expect(JSON.parse(text)).toMatchObject({ level: "info", msg: "request", status: 200 });
    expect(text).not.toContain("PRIVATE-MARKER");
  });
});
