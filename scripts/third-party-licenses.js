import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LICENSE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** The text of THIRD-PARTY-LICENSES.txt: name, version and licence of every package that has code in the bundle.
 *  Throws when a package states no licence at all, because such code must not be passed on. */
export function thirdPartyLicenses({ metafiles, root }) {
  const sections = bundledPackageFolders(metafiles).map((folder) => packageSection(join(root, folder)));
  return `moodsync contains code of the packages listed here, each under its own licence.\n\n${sections.join("\n")}`;
}

function bundledPackageFolders(metafiles) {
  const folders = new Set();
  for (const output of metafiles.flatMap((metafile) => Object.values(metafile.outputs))) {
    for (const input of Object.keys(output.inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (folder !== undefined) folders.add(folder);
    }
  }
  return [...folders].sort();
}

function packageSection(folder) {
  const { name, version, license, author, homepage } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const texts = readdirSync(folder)
    .filter((file) => LICENSE_FILE.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (texts.length === 0) {
    if (typeof license !== "string") throw new Error(`${name} ${version} is bundled but states no licence`);
    texts.push(
      [license, typeof author === "string" ? author : author?.name, homepage].filter(Boolean).join("\n"),
    );
  }
  const title = `${name} ${version} (${typeof license === "string" ? license : "licence below"})`;
  return `${"=".repeat(78)}\n${title}\n\n${texts.join("\n\n")}\n`;
}
