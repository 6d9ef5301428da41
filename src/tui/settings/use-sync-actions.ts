import { useMemo, useState } from "react";
import { KEY_LEFT_BEHIND, keyLeftWords, SYNC_IS_OFF } from "../../credentials/key-place-words.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { SyncDigestResponse } from "../../domain/protocol/digest.ts";
import type { Device } from "../../sync/device.ts";
import { disableSync, type EnableSync, enableSync } from "../../sync/enable-sync.ts";
import type { SyncProgress } from "../../sync/exchange/sync-session.ts";
import { type AskedServer, askServer } from "../../sync/http/ask-server.ts";
import { syncNow } from "../../sync/sync-now.ts";
import { type Message, problemMessage } from "../components/message.ts";
import type { Tasks } from "../tasks.ts";
import { syncMessage } from "./sync-message.ts";

/** What the settings do with the server. One thing runs at a time; a second one is answered with a sentence. */
export interface SyncActions {
  /** How far the running sync is; null while none runs or nothing was moved yet. */
  progress: SyncProgress | null;
  /** What the server last answered to a test; null: not asked since the start. */
  server: SyncDigestResponse | null;
  sync(options?: { acceptDeletions: boolean }): void;
  test(asked: AskedServer): void;
  /** Tests the connection and stores it only when that worked. `onEnd` gets the failure, or null. */
  connect(asked: EnableSync, onEnd: (failure: MoodsyncError | null) => void): void;
  disable(): void;
  /** Runs anything else that talks to the server; what it throws becomes a message. */
  run(name: string, work: (signal: AbortSignal) => Promise<Message | null>): void;
}

interface SyncActionsProps {
  device: Device;
  tasks: Tasks;
  say(message: Message | null): void;
  changed(): void;
}

export function useSyncActions({ device, tasks, say, changed }: SyncActionsProps): SyncActions {
  const [progress, setProgress] = useState<SyncProgress | null>(null);
  const [server, setServer] = useState<SyncDigestResponse | null>(null);

  const actions = useMemo(() => {
    function run(name: string, work: (signal: AbortSignal) => Promise<Message | null>): void {
      say(null);
      const isStarted = tasks.run(name, async (signal) => {
        try {
          say(await work(signal));
        } catch (error) {
          if (!signal.aborted) say(problemMessage(error));
        }
        if (!signal.aborted) changed();
      });
      if (!isStarted) say({ tone: "note", text: "Something else is still running; wait until it is done." });
    }

    return {
      run,
      sync: ({ acceptDeletions } = { acceptDeletions: false }) =>
        run("Syncing", async (signal) => {
          try {
            const outcome = await syncNow(device, {
              acceptDeletions,
              onProgress: setProgress,
              signal,
            });
            return syncMessage(outcome);
          } finally {
            setProgress(null);
          }
        }),
      test: (asked: AskedServer) =>
        run("Testing the connection", async (signal) => {
          setServer(await askServer(device, { ...asked, signal }));
          return { tone: "done", text: "The server answers and accepts the key." };
        }),
      connect: (asked: EnableSync, onEnd: (failure: MoodsyncError | null) => void) =>
        run("Testing the connection", async (signal) => {
          try {
            const { config, isKeyLeftBehind } = await enableSync(device, { ...asked, signal });
            onEnd(null);
            const text = `Sync is on: ${config.endpointUrl}, this device is "${config.deviceLabel}".`;
            const hint = isKeyLeftBehind ? KEY_LEFT_BEHIND : "s exchanges changes now.";
            return { tone: "done", text, hint };
          } catch (error) {
            onEnd(error instanceof MoodsyncError ? error : null);
            throw error;
          }
        }),
      disable: () =>
        run("Turning sync off", async () => {
          await disableSync(device);
          return { tone: "done", text: SYNC_IS_OFF, hint: keyLeftWords(device.keys.place()) ?? undefined };
        }),
    };
  }, [device, tasks, say, changed]);

  return { ...actions, progress, server };
}
