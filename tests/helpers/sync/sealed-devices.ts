import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { type CommandResult, createDevice, type Device } from "../device/device.ts";

interface Account {
  url: string;
  apiKey: string;
}

/** A device whose clock is at the server's, connected with nothing. */
export function newDevice(): Device {
  const device = createDevice();
  device.nowMs = Date.now();
  mkdirSync(device.home, { recursive: true });
  return device;
}

/** Runs a command, failing unless it succeeds. */
export async function run(device: Device, args: string[], input = ""): Promise<CommandResult> {
  const result = await device.run(args, { input });
  const { code, stderr } = result;
  expect({ args, code, stderr: code === 0 ? "" : stderr }).toEqual({ args, code: 0, stderr: "" });
  return result;
}

/** A device that is connected with a new account and seals it; where its key was written. */
export async function sealedDevice({ url, apiKey }: Account, label = "device") {
  const device = newDevice();
  const keyFile = join(device.home, "out.key");
  const enable = ["sync", "enable", url, "--key-stdin", "--sealed", "--sealing-key-out", keyFile];
  enable.push("--label", label);
  await run(device, enable, apiKey);
  return { device, keyFile, key: readFileSync(keyFile, "utf8").trim() };
}

/** Another device of the account, which is given its sealing key. */
export async function joinDevice({ url, apiKey }: Account, keyFile: string): Promise<Device> {
  const device = newDevice();
  await run(device, ["sync", "enable", url, "--key-stdin", "--sealing-key-file", keyFile], apiKey);
  return device;
}

/** The error of a command that is to fail with an exit code. */
export async function failure(device: Device, args: string[], code: number): Promise<string> {
  const result = await device.run(args);
  expect({ args, code: result.code }).toEqual({ args, code });
  return result.stderr;
}
