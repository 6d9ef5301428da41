const EVERYDAY_WORDS: ReadonlySet<string | undefined> = new Set(["log", "list", "show", "due"]);

/** The program of the build (scripts/build.js) that runs a command line. Each has its own copy of what they share, and
 *  a process runs only one of them. It is decided before any is loaded, so nothing is imported here. */
export function programOf(args: readonly string[]): "everyday" | "sync" | "any" {
  if (EVERYDAY_WORDS.has(args[0])) return "everyday";
  return args[0] === "sync" && (args[1] ?? "-").startsWith("-") ? "sync" : "any";
}
