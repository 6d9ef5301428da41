import { readFileSync } from "node:fs";

/** An esbuild plugin for a quick start of the program:
 *  - The JavaScript of better-sqlite3 is bundled; its compiled part is loaded from the package, without a search for it.
 *  - yoga-layout, on which ink lays out its screens, holds its WebAssembly in itself and reads it with `fetch`, for which
 *    Node would load all of its own undici; without it, it reads it directly: 30 ms less for `settings` and `tui`.
 *  - What measures and wraps text (string-width, slice-ansi, wrap-ansi) is loaded for the first text that has other signs
 *    than ours, or no room: tables of Unicode take 20 ms. Ink measures every text, so it does that as we do.
 *  - commander loads `node:child_process` for commands that are programs of their own, which moodsync does not have. */
export const quickStart = {
  name: "quick-start",
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes("/commander/") ? { path, namespace: "nothing" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "" }));

    build.onLoad({ filter: /\/yoga-layout\/.*wasm-base64-esm\.js$/ }, ({ path }) => ({
      contents: `const fetch = undefined;\n${readFileSync(path, "utf8")}`,
    }));

    build.onResolve({ filter: /^(string-width|slice-ansi|wrap-ansi)$/ }, ({ path, importer }) => {
      const isOfInk = /\/(ink\/build|widest-line|cli-truncate)\//.test(importer);
      if (isOfInk && path === "string-width") return { path, namespace: "measured-as-ours" };
      const isOurs = /\/(display-width|wrap-words)\.ts$/.test(importer);
      return isOfInk || isOurs ? { path, namespace: "when-first-used" } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: "measured-as-ours" }, () => ({
      contents: 'export { displayWidth as default } from "../src/output/display-width.ts";',
      resolveDir: import.meta.dirname,
    }));
    build.onLoad({ filter: /.*/, namespace: "when-first-used" }, ({ path }) => ({
      contents: `
        let loaded;
        export default (...given) => (loaded ??= require(${JSON.stringify(path)}).default)(...given);`,
      resolveDir: import.meta.dirname,
    }));

    build.onResolve({ filter: /^bindings$/ }, ({ path, importer }) =>
      importer.includes("/better-sqlite3/") ? { path, namespace: "sqlite-binary" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "sqlite-binary" }, () => ({
      contents: 'module.exports = () => require("better-sqlite3/build/Release/better_sqlite3.node")',
    }));
  },
};
