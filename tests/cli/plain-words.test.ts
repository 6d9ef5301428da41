import { beforeAll, expect, test } from "vitest";
import { COMMANDS } from "../../src/commands/registry.ts";
import { createDevice, type Device } from "../helpers/device/device.ts";

/** Boxes, blocks, arrows, geometric shapes, braille and ticks: what a screen reader reads out one by one, or leaves out. */
const SIGNS = /[\u2190-\u21ff\u2500-\u25ff\u2713\u2714\u2800-\u28ff\u2261]/;
const CSI = "\u001b[";

let device: Device;
let mood: string;

beforeAll(async () => {
  device = createDevice();
  ({ id: mood } = await device.json(["log", "mood", "4", "-a", "run", "-n", "slept"]));
  await device.run(["activity", "edit", "run", "--color", "#4caf50"]);
  await device.run(["log", "assessment", "phq9", "--answers", "1,0,2,1,0,1,1,0,0"]);
  await device.run(["schedule", "add", "GAD-7", "weekly", "--next-due", "2026-11-20 08:00"]);
  await device.run(["schedule", "add", "PHQ-9", "weekly", "--next-due", "2026-11-29 08:00"]);
  await device.run(["edit", mood, "--value", "3"]);
});

/** Every command that prints for people and needs neither a server nor a screen. MOOD is the id of the mood. */
const LINES = [
  ...[
    "today",
    "list",
    "list --notes",
    "list all",
    "list assessments",
    "show MOOD",
    "show @last",
    "history MOOD",
  ],
  ...["history MOOD --notes", "due", "due --short", "log mood 4 -a run", "log assessment gad7 --score 4"],
  ...["edit MOOD --value 5", "undo", "redo", "delete MOOD --yes", "restore MOOD", "activity list"],
  ...["activity add swim", "activity edit swim --icon S", "activity archive swim", "activity unarchive swim"],
  ...["activity merge swim run", "activity delete swim --yes", "schedule list", "schedule add PHQ-4 daily"],
  ...["schedule edit PHQ-4 --frequency weekly", "schedule disable PHQ-4", "schedule enable PHQ-4"],
  ...["schedule delete PHQ-4 --yes", "assessments --sources", "config list", "config get plain"],
  ...[
    "config set week.start sunday",
    "config path",
    "sync conflicts",
    "sync status",
    "daemon status",
    "help-now",
  ],
];

/** Commands that need a server, a service manager, a screen or a file, that run until they are ended, or that have a
 *  word typed. */
const ELSEWHERE =
  /^(sync( now| enable| disable| verify)?|account.*|admin.*|daemon (?!status).*|serve|settings|tui|export|import.*|backup.*|wipe|help)$/;

const words = LINES.map((line) => line.replaceAll(/ (MOOD|@last|-.*)/g, ""));
/** All others, as they run without arguments. */
const OTHERS = COMMANDS.map((command) => command.words).filter(
  (command) =>
    !ELSEWHERE.test(command) && !words.some((line) => line === command || line.startsWith(`${command} `)),
);

test.each([...LINES, ...OTHERS])("moodsync %s --plain says everything in words", async (line) => {
  const args = line.split(" ").map((word) => (word === "MOOD" ? mood : word));
  for (const terminal of [true, false]) {
    const { stdout, stderr } = await device.run([...args, "--plain"], { terminal });
    const said = `${stdout}${stderr}`;
    expect(said).not.toBe("");
    expect(said).not.toMatch(SIGNS);
    expect(said).not.toContain(CSI);
  }
});
