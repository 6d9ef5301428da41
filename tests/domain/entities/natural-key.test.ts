import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { activityId, scheduleId } from "../../../src/domain/entities/natural-key.ts";
import { isUuid, uuidToBytes, uuidv5 } from "../../../src/domain/identifiers.ts";

// RFC 9562, appendix A.4.
test("uuidv5 is that of RFC 9562", () => {
  const DNS = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
  expect(uuidv5("www.example.com", uuidToBytes(DNS))).toBe("2ed6657d-e927-568b-95e1-2665a8aea6a2");
});

test.each([0, 1, 1359, 1360, 1361, 4079, 4080, 4081, 9000])(
  "the id of a name of %i characters is of all of them",
  (length) => {
    const name = "\u5348".repeat(length);
    const namespace = uuidToBytes("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    const digest = createHash("sha1").update(namespace).update(name).digest("hex");
    expect(uuidv5(name, namespace).slice(0, 13)).toBe(`${digest.slice(0, 8)}-${digest.slice(8, 12)}`);
  },
);

test("labels that a person takes for the same give the same id", () => {
  expect(activityId("  Café   Noir ")).toBe(activityId("cafe\u0301 noir"));
  expect(activityId("run")).not.toBe(activityId("runs"));
});

test("each attempt gives another id, and a schedule never that of an activity", () => {
  const ids = [activityId("x"), activityId("x", 2), activityId("x", 3), scheduleId("x")];
  expect(new Set(ids).size).toBe(4);
  expect(ids.every(isUuid)).toBe(true);
});

test("the ids never change between versions", () => {
  expect([activityId("run"), scheduleId("PHQ-9")]).toMatchInlineSnapshot(`
    [
      "c84fe2a8-0827-561a-8ed4-9f57023c964f",
      "b013fa68-47c4-50c2-85a3-97e506d6a787",
    ]
  `);
});
