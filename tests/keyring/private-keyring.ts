import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { secretServiceAnswers } from "../../src/credentials/session-bus.ts";

/** A D-Bus session of its own, with an unlocked gnome-keyring on it where `withKeyring` says so. */
export interface PrivateSession {
  env: Record<string, string>;
  stop(): Promise<void>;
}

export async function startPrivateSession({
  withKeyring,
}: {
  withKeyring: boolean;
}): Promise<PrivateSession> {
  const home = mkdtempSync(join(tmpdir(), "moodsync-keyring-"));
  const started: ChildProcess[] = [];
  const env = {
    PATH: process.env.PATH!,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    XDG_DATA_HOME: join(home, "data"),
  };
  const start = (command: string, args: string[], more: Record<string, string>) => {
    const child = spawn(command, args, { env: { ...env, ...more }, stdio: ["pipe", "pipe", "ignore"] });
    started.push(child);
    return child;
  };
  // XDG_DATA_DIRS without services: nothing is started just because it was asked for.
  const bus = start("dbus-daemon", ["--session", "--nofork", "--print-address"], { XDG_DATA_DIRS: home });
  const address = String((await once(bus.stdout!, "data"))[0]).trim();
  const session = { DBUS_SESSION_BUS_ADDRESS: address };
  if (withKeyring) {
    const keyring = start(
      "gnome-keyring-daemon",
      ["--foreground", "--unlock", "--components=secrets"],
      session,
    );
    keyring.stdin!.end("password of the test");
    while (!(await secretServiceAnswers(address))) await sleep(50);
  }
  return {
    env: { ...env, ...session },
    async stop() {
      for (const child of started.reverse()) {
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
}
