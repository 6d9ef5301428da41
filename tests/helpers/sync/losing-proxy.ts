import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

/** Something between a device and its server that hands on every request, and loses or replaces the answers that it is told to. */
export interface LosingProxy {
  url: string;
  /** How many of the next requests that begin so, like `PUT /v1/sealing`, are done by the server without an answer. */
  lose(request: string, count: number): void;
  /** What is answered from now on in place of the server, which does not hear of it; undefined where it is asked. */
  answerBy(answers: (request: string) => { status: number; body: unknown } | undefined): void;
  /** Every request so far, with its headers and its body as it was before it was compressed. */
  sent(): string;
  close(): void;
}

export async function startLosingProxy(serverUrl: string): Promise<LosingProxy> {
  const losing = { request: "", count: 0 };
  let answerInstead: Parameters<LosingProxy["answerBy"]>[0] = () => undefined;
  const sent: string[] = [];
  const proxy = createServer(async (incoming, response) => {
    const request = `${incoming.method} ${incoming.url}`;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { authorization = "", "content-type": type, "content-encoding": encoding } = incoming.headers;
    const asked = Buffer.concat(chunks);
    const told = encoding === "gzip" ? gunzipSync(asked) : asked;
    sent.push(`${request}\n${incoming.rawHeaders.join("\n")}\n${told}`);
    const instead = answerInstead(request);
    if (instead) {
      response.writeHead(instead.status, { "content-type": "application/json" });
      return void response.end(JSON.stringify(instead.body));
    }
    const answer = await fetch(`${serverUrl}${incoming.url}`, {
      method: incoming.method!,
      headers: {
        authorization,
        ...(type ? { "content-type": type } : {}),
        ...(encoding ? { "content-encoding": encoding } : {}),
      },
      body: asked.length > 0 ? asked : null,
    });
    const body = Buffer.from(await answer.arrayBuffer());
    const isLost = request.startsWith(losing.request) && losing.count-- > 0;
    if (isLost) return void response.destroy();
    const contentType = answer.headers.get("content-type");
    response.writeHead(answer.status, contentType ? { "content-type": contentType } : {}).end(body);
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    sent: () => sent.join("\n"),
    answerBy: (answers) => {
      answerInstead = answers;
    },
    lose: (request, count) => void Object.assign(losing, { request, count }),
    close: () => void proxy.close().closeAllConnections(),
  };
}
