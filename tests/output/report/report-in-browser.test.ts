import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { beforeAll, describe, expect, test } from "vitest";
import { chromiumProgram } from "../../helpers/browser/chromium.ts";
import { openBrowser } from "../../helpers/browser/devtools.ts";
import { createDevice, type Device } from "../../helpers/device/device.ts";
import { EVENING_MS, logInventedYear } from "../../helpers/insights/log-invented-year.ts";
import { temporaryDirectory } from "../../helpers/temporary-directory.ts";

const TIMEOUT_MS = 120_000;
const MARGIN_PX = 1;

let program: string;
let filled: Device;
let empty: Device;
beforeAll(async () => {
  program = await chromiumProgram();
  [filled, empty] = [createDevice(), createDevice()];
  filled.nowMs = EVENING_MS;
  empty.nowMs = EVENING_MS;
  logInventedYear(filled.home);
  for (let day = 1; day <= 9; day++) {
    await filled.run([
      "log",
      "assessment",
      "gad7",
      "--answers",
      "2,1,1,1,1,1,1",
      "--at",
      `2026-0${day}-09 12:00`,
    ]);
    await filled.run([
      "log",
      "assessment",
      "phq9",
      "--answers",
      "2,1,1,1,1,1,1,2,1",
      "--at",
      `2026-0${day}-09 12:00`,
    ]);
  }
  await filled.run(["log", "assessment", "k10", "--score", "22", "--at", "2026-02-11 12:00"]);
  await filled.run(["log", "mood", "4", "-n", "The lake was frozen.", "--at", "2026-11-24 20:00"]);
}, TIMEOUT_MS);

interface Looked {
  /** What the browser asked for. */
  requests: string[];
  /** What it complained about. */
  complaints: unknown[];
  violations: string[];
  sheets: number;
  /** Pixels that a narrow screen would have to be scrolled sideways for. */
  overhangPx: number;
}

async function lookAt(page: string): Promise<Looked & { url: string }> {
  const file = join(temporaryDirectory("page"), "report.html");
  writeFileSync(file, page);
  const url = pathToFileURL(file).href;
  const browser = await openBrowser(program);
  try {
    for (const domain of ["Page", "Network", "Log", "Runtime"]) await browser.send(`${domain}.enable`);
    await browser.send("Page.navigate", { url });
    const evaluate = async (expression: string) => {
      const { result } = await browser.send("Runtime.evaluate", {
        ...{ expression, awaitPromise: true, returnByValue: true },
      });
      return result.value;
    };
    await evaluate(
      "new Promise((done) => (document.readyState === 'complete' ? done() : addEventListener('load', () => done())))",
    );
    const sheets = await printedSheets(browser.send);
    const named = (method: string) => browser.events.filter((event) => event.method === method);
    const requests = named("Network.requestWillBeSent").map(
      ({ params }) => (params.request as { url: string }).url,
    );
    const complaints = [
      ...named("Log.entryAdded"),
      ...named("Runtime.consoleAPICalled"),
      ...named("Runtime.exceptionThrown"),
    ];
    await browser.send("Emulation.setDeviceMetricsOverride", {
      ...{ width: 360, height: 800, deviceScaleFactor: 1, mobile: true },
    });
    const overhangPx = await evaluate("document.documentElement.scrollWidth - window.innerWidth");
    await evaluate(`${axe.source}; 0`);
    const faults = () =>
      evaluate(
        "axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))",
      );
    const narrow = await faults();
    await browser.send("Emulation.clearDeviceMetricsOverride");
    const violations = [...new Set([...narrow, ...(await faults())])];
    return { url, requests, complaints, violations, sheets, overhangPx };
  } finally {
    await browser.close();
  }
}

async function printedSheets(
  send: (method: string, params: object) => Promise<{ data: string }>,
): Promise<number> {
  const { data } = await send("Page.printToPDF", { preferCSSPageSize: true });
  return (
    Buffer.from(data, "base64")
      .toString("latin1")
      .match(/\/Type\s*\/Page\b/g)?.length ?? 0
  );
}

const pageOf = async (device: Device, words: readonly string[]) =>
  (await device.run(["report", "-o", "-", ...words])).stdout;

describe("in a browser", () => {
  test.each([
    ["of 90 days", () => filled, []],
    ["of a year", () => filled, ["1y"]],
    ["without data", () => empty, []],
  ] as const)(
    "the page %s is one sheet, loads nothing, and has no fault that axe finds",
    async (_, device, words) => {
      const { url, overhangPx, ...looked } = await lookAt(await pageOf(device(), words));
      expect(looked).toEqual({ requests: [url], complaints: [], violations: [], sheets: 1 });
      expect(overhangPx).toBeLessThanOrEqual(MARGIN_PX);
    },
    TIMEOUT_MS,
  );

  test(
    "what was asked for stands on further sheets, just as well",
    async () => {
      const [{ id }] = await filled.json(["list", "--search", "lake"]);
      const words = ["--items", "--more", "--name", "Mira", "--note", id];
      const { url, overhangPx, sheets, ...looked } = await lookAt(await pageOf(filled, words));
      expect(looked).toEqual({ requests: [url], complaints: [], violations: [] });
      expect(sheets).toBeGreaterThan(1);
      expect(overhangPx).toBeLessThanOrEqual(MARGIN_PX);
    },
    TIMEOUT_MS,
  );

  test(
    "the checks find a picture that is loaded, a script, a fault and a second sheet",
    async () => {
      const page = (await pageOf(empty, [])).replace(
        "</main>",
        `<img src="picture.png"><script>1</script><section class="more"><p>more</p></section></main>`,
      );
      const { complaints, violations, sheets } = await lookAt(page);
      expect(complaints.length).toBeGreaterThan(1);
      expect(violations).toEqual([expect.stringContaining("image-alt")]);
      expect(sheets).toBeGreaterThan(1);
    },
    TIMEOUT_MS,
  );
});
