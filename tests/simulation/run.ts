import { encodeCursor, START_NONCE } from "../../src/domain/protocol/cursor.ts";
import type { SealingKey } from "../../src/sealing/sealing-key.ts";
import type { SyncSession } from "../../src/sync/exchange/sync-session.ts";
import { checkEnd, checkRepetition } from "./check.ts";
import { CLIENTS } from "./clients.ts";
import { Crash, createDatabasePool } from "./database-pool.ts";
import {
  copyDatabase,
  createKeyStore,
  type DatabaseCopy,
  deviceIdOf,
  hasDeferred,
  hasUnsynced,
  isPinned,
  restoreDatabase,
  type SimulatedDevice,
} from "./device.ts";
import { draftOf, fieldOf, SLOTS, tokensOf } from "./entities.ts";
import { answer, type Conversation, createSealingServer, found, openKeys, syncOrFollow } from "./founding.ts";
import { watchSync } from "./hostile.ts";
import { createLedger, recordGoingBack, recordWrite } from "./ledger.ts";
import type { Product } from "./load-simulation.ts";
import type { Backup } from "./memory-store.ts";
import { createNetwork, Endless, NoAnswer } from "./network.ts";
import type { DeviceSetup, Fault, Schedule, Step } from "./schedule.ts";
import { createFoundedSealing, createSealing, PLAIN } from "./sealing.ts";
import { createServer, type Mirror, type SimulatedServer } from "./server.ts";
import { BrokenPromise, type Failure, type World } from "./world.ts";

const START_MS = Date.UTC(2026, 0, 1);
const MAX_DEVICES = 6;
/** How often one sync follows an account that is founded anew. */
const MAX_FOLLOWED = 3;
/** Rounds after the faults in which everything must be exchanged. */
const ROUNDS = 3;

/** Makes a function that runs schedules against one build of the product. */
export function createSimulation(product: Product, mirror?: Mirror) {
  const pool = createDatabasePool(product);

  return async function run(schedule: Schedule): Promise<Failure> {
    try {
      return await runOnce(schedule);
    } catch (error) {
      return { invariant: failureName(error), detail: (error as Error).stack ?? String(error) };
    } finally {
      pool.takeAllBack();
    }
  };

  async function runOnce(schedule: Schedule): Promise<Failure> {
    let nowMs = START_MS;
    const secrets: SealingKey[] = [];
    const generationOf = (userId: string) => server.store.accountOf(userId).generation;
    const sealing = schedule.sealed
      ? createSealing(product)
      : schedule.founds
        ? createFoundedSealing(product, { secrets, generationOf })
        : PLAIN;
    const server: SimulatedServer = createServer(product, { nowMs: () => nowMs, sealing, mirror });
    const world: World = {
      schedule,
      sealing,
      authentic: new Set(),
      devices: [],
      server,
      ledger: createLedger(),
      sent: [],
      late: [],
      happened: new Set(),
    };
    const { devices, ledger, late } = world;
    const syncing = new Set<SimulatedDevice>();
    let serverBackup: Backup | null = null;
    let founded = 0;

    function addDevice(setup: DeviceSetup, copy: DatabaseCopy | null): void {
      const device: SimulatedDevice = {
        ...setup,
        number: devices.length,
        userId: userIdOf(setup.user),
        product,
        database: pool.lend(),
        backup: null,
        keyStore: createKeyStore(),
        requests: 0,
        nowMs: () => nowMs + device.clockLeadMs,
      };
      devices.push(device);
      const { db } = device.database;
      const deviceId = deviceIdOf(device.number);
      if (copy) {
        restoreDatabase(device, copy);
        product.updateSyncConfig(db, { deviceId });
      } else {
        product.createSyncConfig(db, deviceId);
        product.updateSyncConfig(db, { accountId: device.userId });
      }
    }

    /** Returns how many versions it took from the server. */
    async function sync(device: SimulatedDevice, faults: readonly Fault[]): Promise<number> {
      let downloaded = 0;
      let isDone = false;
      const wasPinned = isPinned(device);
      for (let turn = 0; turn <= MAX_FOLLOWED && !isDone; turn++) {
        isDone = true;
        // A step happens once: a token that is written again would be two writes.
        const own = turn === 0 ? faults : faults.filter((fault) => !("steps" in fault));
        downloaded += await converse(device, own, async (conversation) => {
          if (schedule.founds) isDone = (await syncOrFollow(device, conversation)) === "done";
          else await product.syncOnce(conversation.session);
        });
      }
      if (wasPinned && !isPinned(device)) throw new BrokenPromise("a server's word made the account plain");
      return downloaded;
    }

    /** Founds the account's data anew and fills it, as far as faults let it. */
    async function foundAndSync(
      device: SimulatedDevice,
      step: Extract<Step, { do: "found" }>,
    ): Promise<void> {
      if (step.plain && !isPinned(device)) return;
      const secret = Buffer.alloc(16);
      secret.writeUInt32BE(++founded);
      const key = step.plain ? null : new product.SealingKey(secret);
      if (key) secrets.push(key);
      await converse(device, step.faults, (conversation) => found(device, conversation, key));
      await sync(device, []);
    }

    const answerDevice = (device: SimulatedDevice) =>
      converse(device, [], ({ founder }) => answer(device, { founder, written: secrets }), {
        needsKey: false,
      });

    /** Lets a device work with its server. Returns how many versions it took from there. */
    async function converse(
      device: SimulatedDevice,
      faults: readonly Fault[],
      work: (conversation: Conversation) => Promise<void>,
      { needsKey } = { needsKey: true },
    ): Promise<number> {
      if (syncing.has(device)) return 0;
      const { db, crashAt } = device.database;
      const network = createNetwork(world, device, faults, performAll);
      syncing.add(device);
      const keys = schedule.founds ? await openKeys(device) : sealing.keysOf(device.userId);
      if (keys === "missing" && needsKey) {
        syncing.delete(device);
        return 0;
      }
      const opened =
        keys && keys !== "missing" ? product.createSealedTransport(network as never, keys) : network;
      const watch = schedule.hostile ? watchSync(world, device, opened) : null;
      const transport = watch?.transport ?? opened;
      const { batchChanges, pageChanges } = device;
      const sizes = { batchChanges, batchBytes: 900_000, pageChanges };
      const session: SyncSession = {
        db,
        databaseFile: null,
        transport,
        nowMs: device.nowMs,
        ...CLIENTS[device.client],
        stopped: new Map(),
        guard: product.createDeletionGuard(db, false),
        limits: { ...sizes, downloadChanges: 1_000_000 },
        sizes,
        clockSkewMs: null,
        counts: { uploaded: 0, downloaded: 0, conflicts: 0 },
        notices: new Set(),
        onProgress: () => {},
      };
      const crash = faults.find(({ kind }) => kind.startsWith("crash"));
      if (crash) crashAt({ transaction: crash.at, committed: crash.kind === "crash_after_commit" });
      let isWhole = false;
      const beganEmpty = product.readSyncConfig(db)!.cursor === null;
      const sealingServer = createSealingServer(world, device, network);
      const founder = { db, databaseFile: null, nowMs: device.nowMs, server: sealingServer };
      try {
        await work({ session, founder, keys: keys === "missing" ? null : keys });
        isWhole = true;
      } catch (error) {
        const { code } = error as { code?: string };
        const isRefusal = (schedule.hostile && code === "failure") || (schedule.founds && code !== undefined);
        if (!(error instanceof NoAnswer || error instanceof Crash || isRefusal)) throw error;
      } finally {
        await network.settled();
        syncing.delete(device);
        if (crash) crashAt(null);
      }
      watch?.check({ isWhole, wasResynced: beganEmpty || session.notices.size > 0 });
      return session.counts.downloaded;
    }

    function write(device: SimulatedDevice, step: Extract<Step, { do: "write" }>): void {
      const { database } = device;
      const slot = SLOTS[step.entity]!;
      if (!CLIENTS[device.client].abilities.entityTypes.includes(slot.entityType)) return;
      const row = product.readRow(database.db, slot.entityType, slot.id);
      const marked = schedule.marksWrites;
      const field = fieldOf(slot, step.field, marked);
      const draft = draftOf(slot, row?.content ?? null, { field, token: step.token, marked });
      const { entity, token } = step;
      const made = recordWrite(ledger, device, row, { entity, token, kind: "write", field: field.name });
      const before = row?.content ? (tokensOf(slot, row.content).many.get(field.name) ?? []) : [];
      const after = tokensOf(slot, draft).many.get(field.name) ?? [];
      made.added = after.filter((token) => !before.includes(token));
      made.removed = before.filter((token) => !after.includes(token));
      database.elsewhere(() =>
        product.writeAs(database.db, { name: "write", nowMs: device.nowMs() }, (writer) =>
          writer.put(slot.entityType, draft as never),
        ),
      );
    }

    function remove(device: SimulatedDevice, step: Extract<Step, { do: "delete" }>): void {
      const { database } = device;
      const { entityType, id } = SLOTS[step.entity]!;
      const row = product.readRow(database.db, entityType, id);
      if (!row || row.deleted) return;
      const { entity, token } = step;
      recordWrite(ledger, device, row, { entity, token, kind: "delete", field: "" });
      database.elsewhere(() =>
        product.writeAs(database.db, { name: "delete", nowMs: device.nowMs() }, (writer) =>
          writer.remove(entityType, id),
        ),
      );
      const { updatedAtMs } = product.readRow(database.db, entityType, id)!;
      const key = `${step.entity}/${updatedAtMs}`;
      ledger.deletions.set(key, [...(ledger.deletions.get(key) ?? []), step.token]);
    }

    /** Everybody syncs once. True when nothing is left to exchange, and each needed one request to see that. In most
     *  runs who has nothing to exchange does not ask, because that takes a third of a run. */
    async function isIdleRound(): Promise<boolean> {
      const stored = server.storedCount();
      let downloaded = 0;
      let requests = 1;
      for (const device of devices) {
        if (!schedule.repeatsUploads && isUpToDate(device, server)) continue;
        const before = device.requests;
        downloaded += await sync(device, []);
        requests = Math.max(requests, device.requests - before);
      }
      return requests === 1 && downloaded === 0 && server.storedCount() === stored;
    }

    function upgrade(device: SimulatedDevice): void {
      if (device.client !== "older" || syncing.has(device)) return;
      device.client = "merging";
    }

    async function deliverLate(): Promise<void> {
      const upload = late.shift();
      if (upload) await server.upload(upload.userId, upload.request);
    }

    async function performAll(steps: readonly Step[]): Promise<void> {
      for (const step of steps) await perform(step);
    }

    async function perform(step: Step): Promise<void> {
      world.happened.add(step.do);
      switch (step.do) {
        case "wait":
          nowMs += step.ms;
          return;
        case "deliver_late":
          return deliverLate();
        case "back_up_server":
          serverBackup = await server.store.backUp();
          return;
        case "restore_server":
          if (serverBackup) await server.restore(serverBackup);
          return;
        case "replace_server":
          return server.restore(new Map());
        case "purge":
          await server.store.purge(userIdOf(step.user), nowMs);
          return;
      }
      const device = devices[step.device];
      if (!device) return;
      switch (step.do) {
        case "upgrade_device":
          return upgrade(device);
        case "write":
          return write(device, step);
        case "delete":
          return remove(device, step);
        case "sync":
          await sync(device, step.faults);
          return;
        case "found":
          return foundAndSync(device, step);
        case "answer":
          await answerDevice(device);
          await sync(device, []);
          return;
        case "set_clock":
          device.clockLeadMs = step.leadMs;
          return;
        case "back_up_device":
          if (!syncing.has(device) && !hasUnsynced(device)) device.backup = copyDatabase(device);
          return;
        case "restore_device":
          if (syncing.has(device) || !device.backup) return;
          recordGoingBack(ledger, device);
          restoreDatabase(device, device.backup);
          return;
        case "copy_device":
          if (devices.length < MAX_DEVICES && !syncing.has(device) && !hasUnsynced(device)) {
            addDevice(device, copyDatabase(device));
          }
      }
    }

    for (const setup of schedule.devices) addDevice(setup, null);
    await performAll(schedule.steps);
    while (late.length > 0) await deliverLate();
    if (schedule.hostile) return null;
    devices.forEach(upgrade);
    for (let turn = 0; schedule.founds && turn < 2 * devices.length; turn++) {
      const device = devices[turn % devices.length]!;
      await answerDevice(device);
      await sync(device, []);
    }
    for (let round = 0; !(await isIdleRound()); round++) {
      if (round === ROUNDS)
        return { invariant: "liveness", detail: `something still moves after ${ROUNDS} rounds` };
    }
    return checkEnd(world) ?? (await checkRepetition(world));
  }
}

/** Nothing waits on the device, to be sent or to be read by a newer version; its cursor is the server's head, and it
 *  has seen no later one, which a server that went back would not remember. */
function isUpToDate(device: SimulatedDevice, { store }: SimulatedServer): boolean {
  const { seq, uploads } = store.accountOf(device.userId);
  const head = encodeCursor({ seq, nonce: uploads.at(-1)?.nonce ?? START_NONCE, startHorizon: null });
  const { product, database } = device;
  const config = product.readSyncConfig(database.db)!;
  return config.cursor === head && config.seenCursor === null && !hasUnsynced(device) && !hasDeferred(device);
}

function userIdOf(user: number): string {
  return `a0000000-0000-4000-8000-${String(user).padStart(12, "0")}`;
}

function failureName(error: unknown): string {
  if (error instanceof Endless) return "a sync ends";
  if (error instanceof BrokenPromise) return "each side keeps its promises";
  return "nothing is thrown";
}
