import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { amountText, type Figure, limitText, spreadText } from "./figure.ts";
import { MOODSYNC } from "./measure.ts";

const FILE = new URL("../docs/performance.md", import.meta.url);

/** Writes docs/performance.md: each part of the bench with its figures. */
export function writePage(parts: readonly (readonly [string, readonly Figure[]])[]): void {
  writeFileSync(FILE, pageOf(parts, { machine: machine(), date: new Date().toISOString().slice(0, 10) }));
}

function pageOf(
  parts: readonly (readonly [string, readonly Figure[]])[],
  { machine, date }: { machine: string; date: string },
): string {
  const sections = parts
    .filter(([, figures]) => figures.length > 0)
    .map(([title, figures]) => `## ${title}\n\n${HEAD}\n${figures.map(rowOf).join("\n")}\n`);
  return `# Performance

Written by \`npm run bench\`, not by hand: ${machine}; ${date}.

Each row is a median with the least and the most of its rounds, beside its reference of the same rounds; what counts is
the ratio, the middle one of all rounds, because it hardly depends on the machine. [How to read them](../bench/README.md).

${sections.join("\n")}`;
}

const HEAD = `| what | measured | reference | ratio | limit |
|---|---|---|---|---|`;

function rowOf(figure: Figure): string {
  const { name, values, unit, reference, remark } = figure;
  const cells = [
    remark ? `${name} (${remark})` : name,
    spreadText(values, unit),
    reference ? `${spreadText(reference.values, unit)}, ${reference.name}` : "",
    reference ? amountText(figure) : "",
    limitText(figure),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** "moodsync 0.1.0, Node 20.20.0, 2 × Intel Xeon, 8 GB, Linux". */
function machine(): string {
  const version = execFileSync(process.execPath, [MOODSYNC, "--version"], { encoding: "utf8" })
    .trim()
    .split("\n")[0];
  const { length, 0: cpu } = cpus();
  const [busy] = loadavg();
  const system = process.platform === "linux" ? linuxName() : process.platform;
  return [
    version?.startsWith("moodsync") ? version : `moodsync ${version}`,
    `Node ${process.versions.node}`,
    `${length} × ${cpu?.model.trim()}`,
    `${Math.round(totalmem() / 1e9)} GB`,
    system,
    `load at the end ${busy!.toFixed(1)}`,
  ].join(", ");
}

function linuxName(): string {
  return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? "Linux";
}
