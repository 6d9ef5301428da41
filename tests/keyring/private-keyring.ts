import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { secretServiceAnswers } from "../../src/credentials/session-bus.ts";
import { until } from "../helpers/until.ts";

/** A D-Bus session of its own, with an unlocked gnome-keyring on it where `withKeyring` says so. */
export interface PrivateSession {
  env: Record<string, string>;
  stop(): Promise<void>;
}

/** A bus that starts nothing just because it was asked for: a keyring that the bus itself started would be locked, and
 *  would hold the name before the unlocked one. */
const BUS_CONFIG = `<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

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
  const config = join(home, "bus.conf");
  writeFileSync(config, BUS_CONFIG);
  const bus = start("dbus-daemon", [`--config-file=${config}`, "--nofork", "--print-address"], {});
  const address = String((await once(bus.stdout!, "data"))[0]).trim();
  const session = { DBUS_SESSION_BUS_ADDRESS: address };
  if (withKeyring) {
    const keyring = start(
      "gnome-keyring-daemon",
      ["--foreground", "--unlock", "--components=secrets"],
      session,
    );
    keyring.stdin!.end("password of the test");
    await until(() => secretServiceAnswers(address));
  }
  return {
    env: { ...env, ...session },
    async stop() {
      for (const child of started.reverse()) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
}
