import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EXCHANGES, type Exchange } from "../../server/openapi/examples.ts";
import { formatApiKey } from "../../src/domain/protocol/api-key.ts";
import { createDevice, type Device } from "../helpers/device/device.ts";
import {
  changedTexts,
  hiddenInOutput,
  isShownIn,
  withHostileTexts,
} from "../helpers/terminal/hostile-text.ts";

/** The lines that ask each route; ENTRY and KEY are of the examples. */
const LINES_BY_ROUTE: Record<string, readonly string[]> = {
  "PUT /v1/devices/{id}": ["account devices rename phone mine", "sync enable URL --key-stdin"],
  "POST /v1/sync/upload": ["sync", "sync status"],
  "POST /v1/sync/download": ["sync", "list all --notes", "export"],
  "GET /v1/sync/digest": ["sync verify", "sync status --online"],
  "GET /v1/history/{entity_type}/{id}": ["history ENTRY --server --notes"],
  "GET /v1/devices": ["account devices", "account devices rename phone mine"],
  "POST /v1/auth/api-keys": ["account keys add"],
  "GET /v1/auth/api-keys": ["account keys", "account keys revoke KEY --yes"],
  "DELETE /v1/auth/api-keys/{id}": ["account keys revoke KEY --yes"],
  "DELETE /v1/account": ["wipe --account --confirm everywhere"],
};
/** Those of them that show texts of the server, which are written out. */
const SHOWING = [
  "account devices",
  "account keys",
  "history ENTRY --server --notes",
  "list all --notes",
  "export",
];
/** Nothing of moodsync asks them. */
const NOT_ASKED = ["GET /health", "GET /ready"];

const API_KEY = formatApiKey({ userId: "8c1f0b6e-2d3a-4c5b-9e7f-6a5b4c3d2e1f", secret: "5e".repeat(32) });
const idOf = (path: string) => /[0-9a-f-]{36}$/.exec(path)![0];
const KEY = idOf(EXCHANGES.find(({ method }) => method === "DELETE")!.path);
const ENTRY = idOf(EXCHANGES.find(({ path }) => path.includes("/history/MoodEntry/"))!.path);

const routeOf = (method: string, path: string) =>
  `${method} ${path.replace(/\/history\/\w+/, "/history/{entity_type}").replace(/[0-9a-f-]{36}$/, "{id}")}`;
const successes = EXCHANGES.filter(({ status }) => status < 400);
const problem = EXCHANGES.find(({ response }) => (response as { code?: string })?.code === "malformed")!;

/** As an older server answers who asks whether the account is sealed. */
const NOTHING_THERE = { status: 404, body: { ...problem.response, status: 404, code: "not_found" } };

/** What the server answers at each route: the first example, and at one of them what a test gives. */
let answers: Map<string, { status: number; body: unknown }>;
let device: Device;
let url: string;
let close: () => void;

beforeAll(async () => {
  answers = new Map();
  for (const { method, path, status, response } of successes.toReversed()) {
    answers.set(routeOf(method, path), { status, body: response });
  }
  const server = createServer(async (request, response) => {
    for await (const _chunk of request);
    const { status, body } = answers.get(routeOf(request.method!, request.url!)) ?? NOTHING_THERE;
    send(response, status, body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  close = () => server.close().closeAllConnections();
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  device = await connectedDevice();
  await device.json(["sync"]);
});
afterAll(() => close());

async function connectedDevice(): Promise<Device> {
  const connected = createDevice();
  connected.nowMs = Date.parse("2026-03-02T20:10:00.000Z");
  await connected.run(["sync", "enable", url, "--key-stdin"], { input: API_KEY });
  return connected;
}

/** With controls in all that a head can hold: those of C1. */
function send(response: ServerResponse, status: number, body: unknown): void {
  const type = status < 400 ? "application/json" : "application/problem+json";
  response.writeHead(status, "\u009b31m", {
    "content-type": type,
    server: "\u009b31m",
    "retry-after": "\u009b",
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

/** Every answer of a route, and a problem, with the hostile text in one place of it, each place once. */
function hostileAnswers(route: string): { place: string; status: number; body: unknown }[] {
  const isOfRoute = ({ method, path }: Exchange) => routeOf(method, path) === route;
  const byPlace = new Map<string, { place: string; status: number; body: unknown }>();
  for (const { status, response } of [...successes.filter(isOfRoute), problem]) {
    for (const [at, body] of withHostileTexts(aboutEntry(response))) {
      const place = `${status}${at.replace(/\.\d+/g, "")}`;
      byPlace.set(place, { place, status, body });
    }
  }
  return [...byPlace.values()];
}

/** The answer to an upload, as one to that of the one entry which the device has. */
function aboutEntry(response: object | undefined): object | undefined {
  const { conflicts } = (response ?? {}) as { conflicts?: { entity_type: string; id: string }[] };
  const ofMoods = conflicts?.filter(({ entity_type }) => entity_type === "MoodEntry").slice(0, 1);
  if (!ofMoods) return response;
  return { ...response, applied_ids: [], conflicts: ofMoods.map((one) => ({ ...one, id: ENTRY })) };
}

/** Runs a line for people and as JSON; what it prints that it may not, and whether it shows the text. */
async function tryLine(line: string) {
  const known: Record<string, string> = { ENTRY, KEY, URL: url };
  const args = line.split(" ").map((word) => known[word] ?? word);
  const shown = await device.run(args, { terminal: !args.includes("--key-stdin"), input: API_KEY });
  const asJson = await device.run([...args, "--json"], { input: API_KEY });
  const wrong = [shown, asJson].flatMap(({ stdout, stderr }) => hiddenInOutput(stdout + stderr));
  return {
    wrong: [...wrong, ...changedTexts(JSON.parse(asJson.stdout, withoutDetail))],
    isShown: isShownIn(shown.stdout),
  };
}

/** Why the server refuses a change is kept without controls. */
function withoutDetail(name: string, value: unknown): unknown {
  return name === "detail" || name === "reason" ? undefined : value;
}

test("the lines ask every route", () => {
  const routes = new Set(EXCHANGES.map(({ method, path }) => routeOf(method, path)));
  expect([...Object.keys(LINES_BY_ROUTE), ...NOT_ASKED].sort()).toEqual([...routes].sort());
});

test.each(Object.entries(LINES_BY_ROUTE))(
  "nothing of what %s answers is printed raw",
  async (route, lines) => {
    const usual = answers.get(route)!;
    const shown = new Set<string>();
    for (const { place, status, body } of hostileAnswers(route)) {
      if (route.endsWith("/sync/download")) device = await connectedDevice();
      if (route.endsWith("/sync/upload")) await device.run(["edit", ENTRY, "--note", place]);
      answers.set(route, { status, body });
      for (const line of lines) {
        const { wrong, isShown } = await tryLine(line);
        expect([place, line, wrong]).toEqual([place, line, []]);
        if (isShown) shown.add(line);
      }
    }
    answers.set(route, usual);
    expect([...shown].sort()).toEqual(lines.filter((line) => SHOWING.includes(line)).sort());
  },
  120_000,
);
