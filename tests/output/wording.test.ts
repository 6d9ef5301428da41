import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.ts";

/** Verbs that make a cause of what goes together, praise, blame, and words of a contest. */
const UNSAID =
  /\b(because of|boost|improv(e|es|ed)|worsen|caus(e|es|ed|ing)|makes you|leads? to|thanks to|due to your|helps you|great job|well done|congratulations|keep it up|good job|proud|awesome|excellent|streak|missed|skipped|goal|unfortunately|failed to log)/i;

/** The texts in quotes and templates of a source, without comments. */
function texts(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  return [...code.matchAll(/"([^"\n]*)"|`([^`]*)`/g)].map(([, quoted, template]) => quoted ?? template ?? "");
}

const sources = ["src/insights", "src/output"].flatMap((folder) =>
  readdirSync(join(packageRoot(), folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name}`),
);

test("no figure is said to be the cause of another one, and nobody is praised or blamed", () => {
  expect(sources.length).toBeGreaterThan(20);
  const said = sources.flatMap((path) =>
    texts(readFileSync(join(packageRoot(), path), "utf8"))
      .filter((text) => UNSAID.test(text))
      .map((text) => `${path}: ${text}`),
  );
  expect(said).toEqual([]);
});

test.each(["Running improves your mood.", "Great job, a streak of 7 days", "Mood is low because of work"])(
  "the check finds %j",
  (text) => {
    expect(texts(`const words = "${text}";`).some((found) => UNSAID.test(found))).toBe(true);
  },
);
