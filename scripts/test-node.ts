// Runs the tests on another Node: `npm run test:node -- 24`. What follows the version goes to vitest:
// `npm run test:node -- 24 --project unit tests/files`.
// That Node comes from the npm registry, and everything is installed in a copy of the checkout, where better-sqlite3 is
// compiled against its headers; the checkout stays as it is. Both go at the end.

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const checkout = fileURLToPath(new URL("..", import.meta.url));
const [version, ...vitestArgs] = process.argv.slice(2);

if (version === undefined || !/^\d+(\.\d+){0,2}$/.test(version)) {
  process.stderr.write("usage: npm run test:node -- VERSION [VITEST ARGUMENTS]\n");
  process.exitCode = 2;
} else {
  const work = mkdtempSync(join(tmpdir(), `moodsync-node-${version}-`));
  chmodSync(work, 0o755); // as root, PostgreSQL runs as another user
  try {
    process.exitCode = testOn(fetchNode(version, work), copyCheckout(work), vitestArgs);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The directory of a Node with its headers. */
function fetchNode(version: string, work: string): string {
  const name = `node-${process.platform}-${process.arch}`;
  const prefix = join(work, "node");
  mkdirSync(prefix);
  run("npm", ["install", "--silent", "--ignore-scripts", "--prefix", prefix, `${name}@${version}`], {
    cwd: prefix,
    env: process.env,
  });
  return join(prefix, "node_modules", name);
}

/** What git tracks or would track, as it lies there. */
function copyCheckout(work: string): string {
  const copy = join(work, "checkout");
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: checkout,
    encoding: "utf8",
  });
  const isThere = (name: string) => existsSync(join(checkout, name));
  for (const name of listed.split("\0").filter(Boolean).filter(isThere)) {
    cpSync(join(checkout, name), join(copy, name));
  }
  return copy;
}

/** The exit code of the tests. */
function testOn(nodeDir: string, copy: string, vitestArgs: string[]): number {
  const env = environmentOf(nodeDir);
  const nodeVersion = execFileSync("node", ["--version"], { env, encoding: "utf8" });
  process.stdout.write(`installing and testing with Node ${nodeVersion}`);
  run("npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: copy, env });
  return spawnSync("npm", ["test", "--", ...vitestArgs], { cwd: copy, env, stdio: "inherit" }).status ?? 1;
}

/** Without what `npm run` has put there about this checkout. */
function environmentOf(nodeDir: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  return {
    ...Object.fromEntries(own),
    PATH: [join(nodeDir, "bin"), process.env.PATH].join(delimiter),
    npm_config_nodedir: nodeDir,
    npm_config_build_from_source: "better-sqlite3", // what may be had compiled is for the Node of the download
  };
}

function run(command: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }): void {
  execFileSync(command, args, { ...options, stdio: "inherit" });
}
