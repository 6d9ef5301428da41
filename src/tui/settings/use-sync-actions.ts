import { useMemo, useState } from "react";
import { KEY_LEFT_BEHIND, keyLeftWords, SYNC_IS_OFF } from "../../credentials/key-place-words.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { SyncDigestResponse } from "../../domain/protocol/digest.ts";
import { FOLLOWED_UNSEALING } from "../../output/sealing-words.ts";
import type { SealingKey } from "../../sealing/sealing-key.ts";
import type { Device } from "../../sync/device.ts";
import { disableSync, type EnableSync, enableSync } from "../../sync/enable-sync.ts";
import type { SyncProgress } from "../../sync/exchange/sync-session.ts";
import { type AskedServer, askServer } from "../../sync/http/ask-server.ts";
import { followUnsealing, foundAccount } from "../../sync/sealed/seal-account.ts";
import { syncNow } from "../../sync/sync-now.ts";
import { type Message, problemMessage } from "../components/message.ts";
import type { Tasks } from "../tasks.ts";
import { failureMessage, syncMessage } from "./sync-message.ts";

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
  /** Seals the account with a key, or (null) unseals it, and says `done` where all of it went well. */
  found(asked: { key: SealingKey | null }, done: string): void;
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
            if (!(error instanceof MoodsyncError)) throw error;
            onEnd(error);
            return failureMessage(error);
          }
        }),
      found: ({ key }: { key: SealingKey | null }, done: string) =>
        run(key ? "Sealing" : "Unsealing", async (signal) => {
          try {
            if (key === null && (await followUnsealing(device)))
              return { tone: "done", text: FOLLOWED_UNSEALING };
            const options = { acceptDeletions: false, onProgress: setProgress, signal };
            const outcome = await foundAccount(device, { ...options, key, leavesUnread: false });
            const message = syncMessage(outcome);
            return message?.tone === "done" ? { tone: "done", text: done } : message;
          } finally {
            setProgress(null);
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
