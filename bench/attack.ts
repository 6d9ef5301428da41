// Attacks a server until it is killed: tells its parent when it has begun, and then of each act. bench/fairness.ts starts
// it. It gives way to the server, whose processors a real attacker would not use.

import { setPriority } from "node:os";
import { ATTACKS, type Target } from "./attacks.ts";

setPriority(10);
process.once("message", async ({ name, target }: { name: string; target: Target }) => {
  const { prepare, connections, act } = ATTACKS[name]!;
  await prepare?.(target);
  process.send!("begun");
  for (let connection = 0; connection < connections; connection++) void repeat(() => act(target));
});

async function repeat(act: () => Promise<void>): Promise<never> {
  for (;;) {
    await act().then(
      () => process.send!("acted"),
      () => new Promise((resolve) => setTimeout(resolve, 20)),
    );
  }
}
