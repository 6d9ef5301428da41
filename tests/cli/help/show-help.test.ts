import { expect, test } from "vitest";
import { createDevice } from "../../helpers/device/device.ts";

test.each([
  [["help"], ["--help"], "how you are, day by day"],
  [["help"], ["-h"], "how you are, day by day"],
  [["help"], [], "how you are, day by day"],
  [["help", "log"], ["log", "--help"], "Usage: moodsync log <command>"],
  [["help", "log", "mood"], ["log", "mood", "--help"], "Usage: moodsync log mood"],
  [["help", "sync"], ["sync", "-h"], "       moodsync sync <command>\n"],
  [["help", "now"], ["help-now"], "These lines listen"],
  [["help", "help"], ["help", "--help"], "Usage: moodsync help [options] [words...]"],
])("%j says what %j says", async (asked, same, said) => {
  const device = createDevice();
  const answer = await device.run(asked);
  expect(answer).toEqual({ code: 0, stdout: expect.stringContaining(said), stderr: "" });
  expect(answer).toEqual(await device.run(same));
});

test("a group lists its commands, also when it is a command itself", async () => {
  const device = createDevice();
  for (const group of ["activity", "sync", "account keys"]) {
    const { stdout } = await device.run([...group.split(" "), "--help"]);
    expect(stdout).toMatch(/\nCommands\n {2}/);
  }
  expect((await device.run(["account", "keys", "--help"])).stdout).toContain("\n  account keys revoke  ");
});

test("a group without a command is a mistake, and its commands are listed", async () => {
  const { code, stdout, stderr } = await createDevice().run(["activity"]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("\n  activity add  ");
});

test("help of what does not exist suggests what does", async () => {
  const device = createDevice();
  const mistake = {
    code: 2,
    stdout: "",
    stderr: "There is no such command.\nDid you mean `moodsync list`?\n",
  };
  expect(await device.run(["help", "lits"])).toEqual(mistake);
  expect(await device.run(["lits", "--help"])).toEqual(mistake);
});
