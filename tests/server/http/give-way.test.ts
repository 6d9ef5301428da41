import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { giveWay } from "../../../server/http/give-way.ts";

/** Busy for so many ms, as a slow parser is. */
function work(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

test("a small request is answered while two long ones are worked on, and each of those goes on in turn", async () => {
  const server = createServer((_request, response) => void response.end("small"));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const steps: string[] = [];
  const long = async (name: string) => {
    for (let step = 0; step < 40; step++) {
      await giveWay();
      work(6);
      steps.push(name);
    }
  };
  const done = Promise.all([long("a"), long("b")]);
  const small = new Promise<void>((resolve) => {
    get({ port: (server.address() as AddressInfo).port, agent: false }, (response) => {
      steps.push("small");
      response.resume().on("end", resolve);
    });
  });
  await Promise.all([done, small]);
  server.close();
  expect(steps.indexOf("small")).toBeLessThan(60);
  expect(Math.abs(steps.slice(0, 30).filter((name) => name === "a").length - 15)).toBeLessThanOrEqual(1);
});
