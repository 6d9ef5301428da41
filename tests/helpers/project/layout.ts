import { dirname, join } from "node:path/posix";
import { type ModuleImport, moduleImports } from "./module-imports.ts";

/** Path relative to the project's root → TypeScript source. */
export type SourceByPath = ReadonlyMap<string, string>;

/** Folder (or `src/main.ts`) → the folders that it may import, as one row of CONTRIBUTING.md's map states them. */
export type AllowedByFolder = ReadonlyMap<string, ReadonlySet<string>>;

const HEAVY_PACKAGES = ["zod", "ink", "react", "pino", "postgres", "chrono-node"];
const DOMAIN_PACKAGES = ["zod", "node:crypto"];
const SEALING_PACKAGES = ["node:crypto"];
const TUI_PACKAGES = ["ink", "react"];
const START_UP = /^src\/(main\.ts|start\.ts|cli\/run\.ts|commands\/(registry|log|list|show|due)(\/.*)?\.ts)$/;
/** Imports for the built program what it names. */
const LOADER = "src/start.ts";
const USES_SERVER = /^src\/(commands\/(serve|admin)|cli\/on-database)[./-]/;

/** Rooms of the server that know no database: the merge runs on any store, as on that of the simulation. */
const WITHOUT_DATABASE = /^server\/(sync|openapi|observability)\//;

/** Reads the map's table: `| \`folder\` | purpose | what it may import |`. */
export function allowedImports(contributing: string): AllowedByFolder {
  const rows = contributing.split("\n").flatMap((line) => {
    const [folder, , allowed] = line.startsWith("| `") ? line.split("|").slice(1) : [];
    return folder && allowed && /`(src|server)/.test(folder)
      ? [[quoted(folder)[0] ?? "", allowed] as const]
      : [];
  });
  const everySrcFolder = rows.map(([folder]) => folder).filter((folder) => folder.startsWith("src/"));
  return new Map(
    rows.map(([folder, allowed]) => {
      const named = quoted(allowed);
      if (!allowed.includes("all of `src`")) return [folder, new Set(named)];
      return [folder, new Set(everySrcFolder.filter((f) => f !== "src/main.ts" && !named.includes(f)))];
    }),
  );
}

/** What stores entries, for which there are functions in `src/entries`. */
const STORE = "src/local/versions/write.ts";
const STATEMENTS = "src/local/storage/statements.ts";
const USES_STORE = ["src/entries", "src/local"];

/** Where no SQL stands: what they need of the database is a function of `src/local`. */
const WITHOUT_SQL = /^src\/(sync|daemon|tui|commands|cli)\//;
const SQL =
  /\.(prepare|pragma)\(|["'`]\s*(select|insert|update|delete from|create|alter|drop|pragma)\s[^"'`]*[_*(]/i;

/** Every import that breaks the map's arrows, and every heavy package that the fast commands would load, or anything of
 *  `src/sealing`; sorted. */
export function layoutViolations(files: SourceByPath, allowed: AllowedByFolder): string[] {
  if (files.size === 0) return ["no source file was found"];
  const importsByPath = new Map([...files].map(([path, source]) => [path, moduleImports(path, source)]));
  return [
    ...[...importsByPath].flatMap(([path, imports]) =>
      imports.flatMap((one) => directionViolation(path, one, allowed)),
    ),
    ...[...files]
      .filter(([path, source]) => WITHOUT_SQL.test(path) && SQL.test(source))
      .map(([path]) => `${path} holds SQL`),
    ...[...files.keys()]
      .filter((path) => START_UP.test(path))
      .flatMap((path) => heavyViolations(path, importsByPath)),
  ].sort();
}

function directionViolation(path: string, { specifier }: ModuleImport, allowed: AllowedByFolder): string[] {
  const folder = folderOf(path);
  const mayImport = allowed.get(folder);
  if (!mayImport) return [`${path}: ${folder} has no row in CONTRIBUTING.md's map`];
  if (specifier === null)
    return path === LOADER ? [] : [`${path} imports something that is not a string literal`];
  if (!specifier.startsWith(".")) return packageViolation(path, packageOf(specifier));
  const file = join(dirname(path), specifier);
  if (file === STATEMENTS && WITHOUT_SQL.test(path)) return [`${path} holds SQL`];
  if (file === STORE && !USES_STORE.includes(folder)) return [`${path} stores entries past src/entries`];
  if (WITHOUT_DATABASE.test(path) && file.startsWith("server/db/")) return [`${path} imports server/db`];
  const target = folderOf(file);
  const fine =
    target === folder ||
    target === "package.json" ||
    mayImport.has(target) ||
    (target === "server" && USES_SERVER.test(path));
  return fine ? [] : [`${path} imports ${target}`];
}

function packageViolation(path: string, name: string): string[] {
  if (name === "postgres") return path.startsWith("server/db/") ? [] : [`${path} imports postgres`];
  if (path.startsWith("src/sealing/") && !SEALING_PACKAGES.includes(name)) return [`${path} imports ${name}`];
  const fine = path.startsWith("src/domain/")
    ? DOMAIN_PACKAGES.includes(name)
    : path.startsWith("src/tui/") || !TUI_PACKAGES.includes(name);
  return fine ? [] : [`${path} imports ${name}`];
}

/** Follows static imports only, because `await import()` waits until its code is needed. */
function heavyViolations(start: string, importsByPath: ReadonlyMap<string, ModuleImport[]>): string[] {
  const violations: string[] = [];
  const reached = new Set([start]);
  for (const path of reached) {
    if (path.startsWith("src/sealing/")) violations.push(`${start} loads ${path} at start-up`);
    for (const { kind, specifier } of importsByPath.get(path) ?? []) {
      if (kind !== "static" || specifier === null) continue;
      if (specifier.startsWith(".")) reached.add(join(dirname(path), specifier));
      else if (HEAVY_PACKAGES.includes(packageOf(specifier))) {
        violations.push(`${start} loads ${packageOf(specifier)} at start-up, through ${path}`);
      }
    }
  }
  return violations;
}

/** `src/local/open.ts` → `src/local`; `server/db/users.ts` → `server`; `src/main.ts` → itself. */
function folderOf(path: string): string {
  const parts = path.split("/");
  return parts.slice(0, parts[0] === "src" ? 2 : 1).join("/");
}

/** `react/jsx-runtime` → `react`; `@napi-rs/keyring` and `node:crypto` stay whole. */
function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function quoted(markdown: string): string[] {
  return [...markdown.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
}
