import { expect, test } from "vitest";
import { createChildRunner } from "../../src/daemon/child-process.ts";

const node = (script: string) => [process.execPath, "-e", script];
const runner = () => createChildRunner({ PATH: process.env.PATH });

test("a child's exit code and output come back", async () => {
  const result = await runner().run(node("process.stdout.write('x'); process.exitCode = 6"), {
    timeoutMs: 60_000,
  });
  expect(result).toEqual({ code: 6, stdout: "x", startError: null });
});

test("only a child that needs the keys is given them", async () => {
  const secrets = { MOODSYNC_API_KEY: "k", MOODSYNC_SEALING_KEY: "s", MOODSYNC_DB_URL: "u" };
  const children = createChildRunner({ PATH: process.env.PATH, ...secrets });
  const script =
    "console.log(Object.keys(process.env).filter((name) => name.startsWith('MOODSYNC_')).join())";
  const plain = await children.run(node(script), { timeoutMs: 60_000 });
  expect(plain.stdout).toBe("\n");
  const trusted = await children.run(node(script), { timeoutMs: 60_000, needsKey: true });
  expect(trusted.stdout).toBe("MOODSYNC_API_KEY,MOODSYNC_SEALING_KEY,MOODSYNC_DB_URL\n");
});

test("a program that is not there is told", async () => {
  const result = await runner().run(["/nonexistent/program"], { timeoutMs: 60_000 });
  expect(result).toEqual({ code: null, stdout: "", startError: "ENOENT" });
});

test("a child that takes no notice of SIGTERM is ended all the same", async () => {
  const children = runner();
  const script = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6); console.log('ready')";
  const running = children.run(node(script), { timeoutMs: 300 });
  expect(await running).toMatchObject({ code: null });
});

test("a grandchild that holds the output open is not waited for", async () => {
  const script = `require("child_process").spawn("sleep", ["5"], { stdio: ["ignore", "inherit", "ignore"] }).unref(); console.log("done"); process.exit(0)`;
  const result = await Promise.race([
    runner().run(node(script), { timeoutMs: 60_000 }),
    new Promise((resolve) => setTimeout(() => resolve("still waiting"), 4_000)),
  ]);
  expect(result).toEqual({ code: 0, stdout: "done\n", startError: null });
});
