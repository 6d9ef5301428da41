import { expect, test } from "vitest";
import { createDevice } from "../helpers/device.ts";

test.each([
  ["Ctrl+C", "\u0003"],
  ["Ctrl+C after a part of the key", "msk_\u0003"],
  ["Ctrl+D", "\u0004"],
])("%s at the question for the key ends the command, and nothing is stored", async (_, input) => {
  const device = createDevice();
  const enabled = await device.run(["sync", "enable", "http://127.0.0.1:9"], { input, terminal: true });
  expect(enabled).toEqual({ code: 130, stdout: "", stderr: "API key: \nNothing was entered.\n" });
  expect(await device.json(["sync", "status"])).toMatchObject({ enabled: false, key_place: null });
});

test.each([
  ["Ctrl+C", "\u0003", 130, "Nothing was changed.\n"],
  ["Ctrl+D", "\u0004", 1, "Nothing was deleted.\n"],
  ["Enter", "\n", 1, "Nothing was deleted.\n"],
])("%s at the question whether to delete deletes nothing", async (_, input, code, sentence) => {
  const device = createDevice();
  await device.run(["log", "mood", "4"]);
  const result = await device.run(["delete", "@last"], { input, terminal: true });
  expect(result).toMatchObject({ code, stdout: "" });
  expect(result.stderr.endsWith(sentence)).toBe(true);
  expect(await device.json(["list"])).toHaveLength(1);
});
