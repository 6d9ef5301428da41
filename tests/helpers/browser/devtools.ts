import { spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { temporaryDirectory } from "../temporary-directory.ts";

/** A page of a browser, spoken to by the DevTools protocol (https://chromedevtools.github.io/devtools-protocol/). */
export interface BrowserPage {
  // biome-ignore lint/suspicious/noExplicitAny: answers have the shapes of the protocol
  send(method: string, params?: object): Promise<any>;
  /** Every event so far. */
  events: { method: string; params: Record<string, unknown> }[];
  close(): Promise<void>;
}

const FLAGS = ["--headless", "--no-sandbox", "--no-zygote", "--disable-gpu", "--disable-dev-shm-usage"];

/** Starts a browser with one empty page; it is spoken to through a pipe, so no port is opened. */
export async function openBrowser(program: string): Promise<BrowserPage> {
  const browser = spawn(
    program,
    [...FLAGS, "--remote-debugging-pipe", `--user-data-dir=${temporaryDirectory("browser")}`],
    { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
  );
  const input = browser.stdio[3] as Writable;
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  const events: BrowserPage["events"] = [];
  const ended = new Promise<void>((resolve) => browser.once("close", () => resolve()));
  browser.once("error", (error) => fail(error));
  browser.once("exit", (code) => fail(new Error(`The browser ended with ${code}.`)));
  input.on("error", () => {}); // its exit says why

  function fail(error: Error): void {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  readMessages(browser.stdio[4] as Readable, ({ id, result, error, method, params }) => {
    if (id === undefined) {
      events.push({ method: method!, params: params ?? {} });
    } else if (error) waiting.get(id)?.reject(new Error(error.message));
    else waiting.get(id)?.resolve(result);
  });

  let lastId = 0;
  function ask(message: { method: string; params: object; sessionId?: string }): Promise<unknown> {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      input.write(`${JSON.stringify({ id, ...message })}\0`);
    });
  }

  const target = await ask({ method: "Target.createTarget", params: { url: "about:blank" } });
  const { targetId } = target as { targetId: string };
  const attached = await ask({ method: "Target.attachToTarget", params: { targetId, flatten: true } });
  const { sessionId } = attached as { sessionId: string };
  return {
    send: (method, params = {}) => ask({ method, params, sessionId }),
    events,
    async close() {
      browser.kill();
      await ended;
    },
  };
}

interface Message {
  id?: number;
  result?: unknown;
  error?: { message: string };
  method?: string;
  params?: Record<string, unknown>;
}

/** Messages end with a zero byte. */
function readMessages(output: Readable, take: (message: Message) => void): void {
  let rest = "";
  output.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\0");
    rest = parts.pop()!;
    for (const part of parts) take(JSON.parse(part));
  });
}
