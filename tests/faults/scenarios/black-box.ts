import { setTimeout as sleep } from "node:timers/promises";
import { startProgram } from "../../helpers/program/program.ts";
import { enableSync, type ProgramDevice } from "../../helpers/program/program-device.ts";
import type { Random } from "../../simulation/random.ts";
import { checkBitten, describeFaults, randomFault, syncBroken } from "../broken-sync.ts";
import { check, checkAgreement, checkPresent, checkReadable, checkSound, drain } from "../checks.ts";
import { FAULT_KINDS, type FaultKind, startProxy } from "../proxy.ts";
import type { Account, Resources } from "../resources.ts";
import type { Scenario } from "../scenario.ts";

/** A person with some devices, and what their commands promised. Every note begins with the person's name. */
interface Person {
  name: string;
  account: Account;
  devices: ProgramDevice[];
  acknowledged: Set<string>;
  /** By device and entry: the notes of the versions that its commands acknowledged. */
  notes: Map<ProgramDevice, Map<string, Set<string>>>;
  /** Whose deletion was asked for, acknowledged or not. */
  deleted: Set<string>;
}

const TROUBLES = [
  "none",
  "none",
  "killed client",
  "killed client",
  "killed server",
  "crashed database",
  ...FAULT_KINDS,
] as const;
type Trouble = (typeof TROUBLES)[number];

/** Five devices of two people log, edit, delete and sync in random order, with one random trouble at a time. */
export const blackBox: Scenario = {
  name: "black box",
  needs: [],
  async run(resources) {
    const { random } = resources;
    const steps = TROUBLES.length * (resources.isLong ? 30 : 1);
    const postgres = await resources.startPostgres();
    const server = await resources.startServer(postgres.url);
    const proxy = await startProxy(server.port);
    try {
      const people = [newPerson(resources, "ada", 3), newPerson(resources, "ben", 2)];
      for (const person of people) {
        person.account = { ...(await server.newAccount()), url: proxy.url };
        for (const device of person.devices) await enableSync(device, person.account);
      }
      const givenUp = new Map<FaultKind, number>();
      const count = { "killed clients": 0, "killed servers": 0, "crashed databases": 0 };
      const deck: Trouble[] = [];
      for (let step = 0; step < steps; step++) {
        if (deck.length === 0) deck.push(...TROUBLES);
        const [trouble] = deck.splice(random.int(deck.length), 1) as [Trouble];
        const person = random.pick(people);
        const device = random.pick(person.devices);
        switch (trouble) {
          case "none":
            await runCommand(person, device, random);
            break;
          case "killed client":
            if (await runKilled(person, device, random)) count["killed clients"]++;
            break;
          case "killed server":
          case "crashed database": {
            await log(person, device, random);
            const syncing = device.run(["sync"]);
            await sleep(random.int(300));
            if (trouble === "killed server") await server.killAndRestart();
            else await postgres.crash(random.pick([0, 500]));
            checkReadable(await syncing, [0, 6], `a sync with a ${trouble}`);
            count[`${trouble}s`]++;
            break;
          }
          default: {
            await log(person, device, random);
            const fault = randomFault(random, trouble);
            const chosen = { proxy, fault, skip: random.int(2), again: random.chance(0.4) };
            const { code } = await syncBroken(device, chosen);
            if (code !== 0) givenUp.set(trouble, (givenUp.get(trouble) ?? 0) + 1);
          }
        }
      }
      if (resources.isLong) {
        check(count["killed clients"] > 0, "no client was killed before its end");
        checkBitten(proxy.hits, givenUp);
      }
      const counted = Object.entries(count).map(([name, times]) => `${times} ${name}`);
      counted.push(describeFaults(proxy.hits, givenUp));
      let versions = 0;
      for (const person of people) versions += await syncAndCheck(person);
      const entries = people.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
      return `${steps} steps, ${counted.join(", ")}, ${entries} entries, ${versions} versions: 0 lost, 0 stuck, 0 seen across users`;
    } finally {
      proxy.close();
    }
  },
};

function newPerson(resources: Resources, name: string, devices: number): Person {
  const own = Array.from({ length: devices }, () => resources.newDevice());
  return {
    name,
    account: { url: "", apiKey: "" },
    devices: own,
    acknowledged: new Set(),
    notes: new Map(own.map((device) => [device, new Map()])),
    deleted: new Set(),
  };
}

/** The arguments of a random command; of one to log where there is nothing to edit or delete. */
async function typeCommand(person: Person, device: ProgramDevice, random: Random): Promise<string[]> {
  const note = `${person.name} ${random.int(1_000_000)}`;
  const logging = ["log", "mood", String(1 + random.int(5)), "-n", note, "--json"];
  const command = random.weighted({ log: 3, edit: 2, delete: 1, sync: 4 });
  if (command === "log") return logging;
  if (command === "sync") return ["sync"];
  const ids = [...(await device.moodIds())].sort();
  if (ids.length === 0) return logging;
  const id = random.pick(ids);
  if (command === "edit") {
    const field = random.chance(0.5) ? ["--value", String(1 + random.int(5))] : ["--note", note];
    return ["edit", id, ...field, "--json"];
  }
  person.deleted.add(id);
  return ["delete", id, "--yes"];
}

async function log(person: Person, device: ProgramDevice, random: Random): Promise<void> {
  const note = `${person.name} ${random.int(1_000_000)}`;
  acknowledge(person, device, await device.ok(["log", "mood", "3", "-n", note, "--json"]));
}

/** What a command that ended, or was killed, has promised by what it printed. */
function acknowledge(person: Person, device: ProgramDevice, stdout: string): void {
  if (!stdout.endsWith("}\n")) return; // it prints no entry, or was killed before
  const { id, note } = JSON.parse(stdout);
  person.acknowledged.add(id);
  const notes = person.notes.get(device)!;
  notes.set(id, (notes.get(id) ?? new Set()).add(note));
}

async function runCommand(person: Person, device: ProgramDevice, random: Random): Promise<void> {
  const args = await typeCommand(person, device, random);
  acknowledge(person, device, await device.ok(args));
}

/** Whether it was killed before its end. */
async function runKilled(person: Person, device: ProgramDevice, random: Random): Promise<boolean> {
  const args = await typeCommand(person, device, random);
  const program = startProgram(device.bin, args, { home: device.home });
  await sleep(30 + random.int(args[0] === "sync" ? 400 : 120));
  const code = await program.stop("SIGKILL");
  acknowledge(person, device, program.output.stdout);
  checkSound(device);
  return code === null;
}

/** Without trouble everything drains, all devices agree with the server, nobody holds what another wrote, and every
 *  version can be listed where it was typed. Returns how many. */
async function syncAndCheck({
  name,
  account,
  devices,
  acknowledged,
  notes,
  deleted,
}: Person): Promise<number> {
  await drain(devices);
  const moods = (await checkAgreement(devices, account)).mood_entries!;
  const kept = [...acknowledged].filter((id) => !deleted.has(id));
  checkPresent(kept, new Set(moods.map(({ id }) => id)), "on every device");
  for (const { note } of moods) {
    check(note?.startsWith(`${name} `) ?? false, "a device holds what another user wrote");
  }
  let versions = 0;
  for (const [device, notesById] of notes) {
    for (const [id, typed] of notesById) {
      const history: { entity: { note: string } | null }[] = await device.json(["history", id]);
      const listed = new Set(history.map(({ entity }) => entity?.note));
      check(
        [...typed].every((note) => listed.has(note)),
        "a version that was typed is not in the history",
      );
      versions += typed.size;
    }
  }
  return versions;
}
