import { fileURLToPath } from "node:url";
import { newHome, removeHome } from "../../tests/helpers/program/home.ts";
import {
  type ProgramResult,
  type RunningProgram,
  runProgram,
  startProgram,
} from "../../tests/helpers/program/program.ts";

const bin = fileURLToPath(new URL("../../bin/moodsync.js", import.meta.url));

/** A machine of the demo: a name for its prompt and a home of its own. */
export interface Device {
  name: string;
  home: string;
}

const devices: Device[] = [];
const started: RunningProgram[] = [];
let cleaned: Promise<void> | undefined;

export function newDevice(name: string): Device {
  const device = { name, home: newHome() };
  devices.push(device);
  return device;
}

/** Stops what was started and removes what the devices hold; called again, it waits for the same. */
export function cleanUp(): Promise<void> {
  cleaned ??= (async () => {
    for (const server of started) await server.stop();
    for (const device of devices) removeHome(device.home);
  })();
  return cleaned;
}

/** Runs a command as it would be typed on that device and shows it with its output.
 *  Throws when it ends with another exit code than expected. */
export async function type(device: Device, args: string[], expectedCode = 0): Promise<string> {
  print(prompt(device, args));
  const result = await runProgram(bin, args, { home: device.home });
  print(result.stdout + result.stderr);
  checkCode(args, result, expectedCode);
  return result.stdout;
}

/** The same without showing anything, for the demo's own questions. */
export async function ask(device: Device, args: string[]): Promise<string> {
  const result = await runProgram(bin, args, { home: device.home });
  checkCode(args, result, 0);
  return result.stdout;
}

/** Starts `moodsync serve` and shows what it prints until it is ready; returns the address it listens on as well. */
export async function typeServe(device: Device, args: string[]): Promise<RunningProgram & { url: string }> {
  print(prompt(device, args));
  const server = startProgram(bin, args, { home: device.home });
  started.push(server);
  const [, url = ""] = await server.waitFor(/listening on (http:\S+)/);
  print(server.output.stderr + server.output.stdout);
  return { ...server, url };
}

/** Ends a `moodsync serve` as its user would, and shows what it says to that. */
export async function typeCtrlC(device: Device, server: RunningProgram): Promise<void> {
  const shown = server.output.stderr.length;
  const code = await server.stop("SIGINT");
  print(`${device.name}$ ^C\n${server.output.stderr.slice(shown)}`);
  if (code !== 0) throw new Error(`moodsync serve ended with ${code}`);
}

/** Says what comes next. */
export function tell(sentence: string): void {
  print(`\n# ${sentence}\n`);
}

function print(text: string): void {
  process.stdout.write(text);
}

function prompt({ name }: Device, args: string[]): string {
  const typed = args.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `"${arg}"`));
  return `${name}$ moodsync ${typed.join(" ")}\n`;
}

function checkCode(args: string[], result: ProgramResult, expectedCode: number): void {
  if (result.code === expectedCode) return;
  throw new Error(
    `moodsync ${args.join(" ")} ended with ${result.code}, not ${expectedCode}: ${result.stderr}`,
  );
}
