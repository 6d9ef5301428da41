import { expect, test } from "vitest";
import { createDevice } from "../helpers/device/device.ts";

test.each([
  [["help"], ["--help"]],
  [
    ["help", "log"],
    ["log", "--help"],
  ],
  [
    ["help", "log", "mood"],
    ["log", "mood", "--help"],
  ],
])("%j says what %j says", async (asked, same) => {
  const device = createDevice();
  const answer = await device.run(asked);
  const usage = expect.stringContaining(`Usage: moodsync ${asked.slice(1).join(" ")}`);
  expect(answer).toEqual({ code: 0, stdout: usage, stderr: "" });
  expect(answer).toEqual(await device.run(same));
});
