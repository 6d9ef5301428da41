import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Route } from "../../../server/http/route.ts";
import { createShortWork } from "../../../server/http/short-work.ts";
import type { Work } from "../../../server/http/work.ts";

test("requests that come at once are worked on a few at a time, in order, and the last of too many are sent away", async () => {
  const begun: string[] = [];
  const finish: (() => void)[] = [];
  const route: Route = {
    method: "GET",
    path: "/slow",
    summary: "Takes its time.",
    success: { status: 204, description: "Done." },
    problems: [],
    answer: async ({ caller }) => {
      begun.push(caller.userId);
      await new Promise<void>((resolve) => finish.push(resolve));
      return {};
    },
  };
  const shortWork = createShortWork([route]);
  const work = (userId: string): Work => ({
    requestId: userId,
    method: "GET",
    path: "/slow",
    parameters: {},
    query: "",
    body: null,
    caller: { userId, keyId: "" },
  });
  const names = Array.from({ length: 1_020 }, (_, at) => `account ${at}`);
  const answers = names.map((name) => shortWork(work(name)));
  const refused = await shortWork(work("one more"));
  expect([refused.status, refused.headers["retry-after"]]).toEqual([503, "2"]);
  for (let done = 0; done < names.length; done++) {
    const all = Math.min(done + 20, names.length);
    while (finish.length < all) await setImmediate();
    expect(begun.length).toBe(all);
    finish[done]!();
  }
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(1_020).fill(204));
  // The first ones begin at once.
  expect(begun.slice(20)).toEqual(names.slice(20));
});
