import { expect, test } from "vitest";
import { createDevice } from "../../helpers/device/device.ts";

test.each([
  [["list", "--notse"], "Unknown option '--notse'.", "Did you mean `--notes`?"],
  [["list", "--note"], "Unknown option '--note'.", "Did you mean `--notes`?"],
  [["export", "--fromat=csv"], "Unknown option '--fromat'.", "Did you mean `--format`?"],
  [["show", "@last", "-x"], "Unknown option '-x'.", "`moodsync show --help` shows how it is used."],
  [
    ["show", "@last", "--feeling low again"],
    "There is no such option.",
    "`moodsync show --help` shows how it is used.",
  ],
  [["--verison"], "Unknown option '--verison'.", "Did you mean `--version`?"],
  [["--private words"], "There is no such option.", "`moodsync --help` lists the commands."],
  [["show"], "Missing required argument 'id'.", "For example: `moodsync show @last`"],
  [["list", "--since"], "A value is missing after --since.", "`moodsync list --help` shows how it is used."],
  [["due", "tomorrow"], "`moodsync due` takes no arguments.", "`moodsync due --help` shows how it is used."],
  [
    ["activity", "add", "late", "night"],
    "Too many arguments: `moodsync activity add` takes one.",
    "A text with blanks needs quotes. `moodsync activity add --help` shows how it is used.",
  ],
  [["sync", "frobnicate"], "There is no such command.", "`moodsync sync --help` lists the commands."],
  [["frobnicate"], "There is no such command.", "`moodsync --help` lists the commands."],
])("%j is refused with what would be right", async (args, sentence, hint) => {
  const { code, stdout, stderr } = await createDevice().run(args);
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: `${sentence}\n${hint}\n` });
});
