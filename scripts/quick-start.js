import { readFileSync } from "node:fs";

/** An esbuild plugin for a quick start of the program: 10 ms less for `log`, 60 ms less for `sync` (CPU time):
 *  - Node's own modules are got with `process.getBuiltinModule`. An `import` of one makes Node read every export of it,
 *    and `node:fs` loads all of its streams for that.
 *  - The JavaScript of better-sqlite3 is bundled; its compiled part is loaded from the package, without a search for it.
 *  - Of undici only the agent with its requests is bundled; the rest, with what it makes Node load, takes 50 ms.
 *  - yoga-layout, on which ink lays out its screens, holds its WebAssembly in itself and reads it with `fetch`, for which
 *    Node would load all of its own undici; without it, it reads it directly: 30 ms less for `settings` and `tui`.
 *  - commander loads `node:child_process` for commands that are programs of their own, which moodsync does not have. */
export const quickStart = {
  name: "quick-start",
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path, kind, importer }) => {
      if (path === "node:child_process" && importer.includes("/commander/"))
        return { path, namespace: "nothing" };
      // An import() of CommonJS would lose its named exports in the bundle, so Node's own remain as they are there.
      return kind === "import-statement" ? { path, namespace: "builtin" } : { path, external: true };
    });
    build.onLoad({ filter: /.*/, namespace: "builtin" }, ({ path }) => ({ contents: builtinModule(path) }));
    build.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "" }));

    build.onResolve({ filter: /^undici$/ }, () => ({ path: "undici", namespace: "undici-agent" }));
    build.onLoad({ filter: /.*/, namespace: "undici-agent" }, () => ({
      contents: `
        const Dispatcher = require("undici/lib/dispatcher/dispatcher.js");
        Dispatcher.prototype.request = require("undici/lib/api/api-request.js");
        exports.Agent = require("undici/lib/dispatcher/agent.js");`,
      resolveDir: import.meta.dirname,
    }));

    build.onLoad({ filter: /\/yoga-layout\/.*wasm-base64-esm\.js$/ }, ({ path }) => ({
      contents: `const fetch = undefined;\n${readFileSync(path, "utf8")}`,
    }));

    build.onResolve({ filter: /^bindings$/ }, ({ path, importer }) =>
      importer.includes("/better-sqlite3/") ? { path, namespace: "sqlite-binary" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "sqlite-binary" }, () => ({
      contents: 'module.exports = () => require("better-sqlite3/build/Release/better_sqlite3.node")',
    }));
  },
};

/** One of Node's modules as an ES module of which only what is used is bundled. As CommonJS all of its exports would be
 *  copied for every file that imports it, at each start. */
function builtinModule(name) {
  const names = Object.keys(process.getBuiltinModule(name)).filter(
    (key) => /^[a-zA-Z]\w*$/.test(key) && key !== "default",
  );
  return [
    `const builtin = process.getBuiltinModule(${JSON.stringify(name)});`,
    "export default builtin;",
    ...names.map((key) => `const its_${key} = /* @__PURE__ */ (() => builtin.${key})();`),
    `export { ${names.map((key) => `its_${key} as ${key}`).join(", ")} };`,
  ].join("\n");
}
