import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The directory of moodsync's own package.json: the nearest one above the sources or the bundle. */
export function packageRoot(): string {
  let directory = import.meta.dirname;
  while (!existsSync(join(directory, "package.json"))) directory = dirname(directory);
  return directory;
}

/** Version of moodsync. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")).version;
}
