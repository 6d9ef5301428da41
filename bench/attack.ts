// Attacks a server until it is killed: tells its parent when it has begun. bench/fairness.ts starts it.

import { ATTACKS, type Target } from "./attacks.ts";

process.once("message", async ({ name, target }: { name: string; target: Target }) => {
  const { prepare, connections, act } = ATTACKS[name]!;
  await prepare?.(target);
  process.send!("begun");
  for (let connection = 0; connection < connections; connection++) void repeat(() => act(target));
});

async function repeat(act: () => Promise<void>): Promise<never> {
  for (;;) await act().catch(() => new Promise((resolve) => setTimeout(resolve, 20)));
}
