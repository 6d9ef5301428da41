import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

/** A change of one source file; `find` must occur in it exactly once. */
export interface Patch {
  file: string;
  find: string;
  replace: string;
}

let loaded = 0;
const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds a file with all that it imports, patches applied to the source, and loads it. Throws when a patch no longer
 *  fits. */
export async function loadBundle(entry: string, patches: readonly Patch[] = []): Promise<unknown> {
  const unused = new Set(patches.map(({ file }) => file));
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    write: false,
    logLevel: "silent",
    external: ["better-sqlite3"],
    plugins: [
      {
        name: "patches",
        setup(setup) {
          setup.onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const file = relative(root, path);
            unused.delete(file);
            const own = patches.filter((patch) => patch.file === file);
            return own.length === 0
              ? undefined
              : { contents: own.reduce(applyPatch, readFileSync(path, "utf8")), loader: "ts" };
          });
        },
      },
    ],
  });
  if (unused.size > 0) throw new Error(`no part of the simulation: ${[...unused].join(", ")}`);
  const directory = join(root, "node_modules", ".cache", "moodsync-simulation");
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${process.pid}-${loaded++}.mjs`);
  writeFileSync(file, outputFiles[0]!.contents);
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(file);
  }
}

/** The source with a patch applied; throws when it does not fit exactly once. */
export function applyPatch(source: string, { file, find, replace }: Patch): string {
  const parts = source.split(find);
  if (parts.length !== 2) {
    throw new Error(`a patch of ${file} fits ${parts.length - 1} times: ${find}`);
  }
  return parts.join(replace);
}
