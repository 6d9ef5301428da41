// Two devices and a server, from an empty directory to equal data: every command as a user types it, with its real output.
// Ends with an error when devices and server do not hold the same at the end. Leaves nothing behind.

import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { deviceEntities, serverEntities } from "./demo/agreement.ts";
import { ask, cleanUp, newDevice, tell, type, typeCtrlC, typeServe } from "./demo/device.ts";

const laptop = newDevice("laptop");
const phone = newDevice("phone");
const host = newDevice("server");

// Not `once`: tsx passes a Ctrl-C on that has come here already, and the second one must not end this process.
process.on("SIGINT", () => cleanUp().then(() => process.exit(130)));

try {
  tell("A laptop, offline, with no server set up.");
  await type(laptop, ["log", "mood", "4", "-a", "run", "-n", "slept well, then ran by the river"]);
  await type(laptop, ["log", "mood", "2", "-a", "work", "--at", "yesterday 9pm"]);
  await type(laptop, ["log", "assessment", "PHQ-9", "--score", "7"]);

  tell("A server of your own, with a database that it runs itself.");
  const server = await typeServe(host, ["serve", "--port", "0"]);
  const keyFile = /--key-file (\S+)/.exec(server.output.stdout + server.output.stderr)?.[1];
  if (keyFile === undefined) throw new Error("serve did not say where the key is");

  tell("Both devices are connected to it, and sync.");
  const { port } = new URL(server.url);
  await type(laptop, ["sync", "enable", server.url, "--key-file", keyFile, "--label", "laptop"]);
  await type(laptop, ["sync"]);
  await type(phone, ["sync", "enable", server.url, "--key-file", keyFile, "--label", "phone"]);
  await type(phone, ["sync"]);
  await type(phone, ["list"]);

  tell("The server goes down. Logging works as before; syncing says so and keeps everything for later.");
  await typeCtrlC(host, server);
  await type(phone, ["log", "mood", "5", "-a", "friends"]);
  await type(phone, ["sync"], 6);
  await typeServe(host, ["serve", "--port", port]);
  await type(phone, ["sync"]);
  await type(laptop, ["sync"]);

  tell("Both edit the same entry before they meet again, and the laptop deletes another one.");
  const moods = JSON.parse(await ask(laptop, ["list", "moods", "--json"])) as { id: string; value: number }[];
  const shortId = (value: number) => moods.find((mood) => mood.value === value)?.id.slice(0, 8) ?? "";
  await type(laptop, ["edit", shortId(4), "--note", "slept well"]);
  await type(phone, ["edit", shortId(4), "--value", "5"]);
  await type(laptop, ["delete", shortId(2), "--yes"]);
  for (const device of [laptop, phone, laptop, phone]) await type(device, ["sync"]);

  tell("Nothing is lost: the version that was overwritten is in the history.");
  await type(laptop, ["history", shortId(4)]);

  tell("Both devices and the server hold the same data.");
  await type(laptop, ["list"]);
  await type(phone, ["list"]);
  const held = [
    await deviceEntities(laptop),
    await deviceEntities(phone),
    await serverEntities(server.url, readFileSync(keyFile, "utf8").trim()),
  ];
  if (held.some((entities) => !isDeepStrictEqual(entities, held[0])) || held[0]?.mood_entries?.length !== 2) {
    throw new Error("the devices and the server do not hold the same data");
  }
  const counts = Object.entries(held[0]).map(
    ([group, entities]) => `${group.replace("_", " ")} ${entities.length}`,
  );
  process.stdout.write(`\nLaptop, phone and server agree: ${counts.join(", ")}.\n`);
} catch (error) {
  process.stderr.write(`\nThe demo failed: ${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  await cleanUp();
}
