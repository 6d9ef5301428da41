/** An esbuild plugin that leaves out what ink has for React's developer tools. It would load them for a user who has
 *  DEV=true, and complain that they are missing; a `define` of process.env.DEV does not reach it, because ink imports
 *  `process` instead of using the global. */
export const inkWithoutDevtools = {
  name: "ink-without-devtools",
  setup(build) {
    build.onLoad({ filter: /\/ink\/build\/utils\.js$/ }, () => ({
      contents: "export const isDev = () => false;",
    }));
    build.onLoad({ filter: /\/ink\/build\/devtools\.js$/ }, () => ({ contents: "" }));
  },
};
