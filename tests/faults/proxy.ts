import { connect, createServer, type Socket } from "node:net";

/** What happens to one request and its answer. */
export type RequestFault =
  /** The connection ends after so many bytes of the request. */
  | { kind: "cut request"; afterBytes: number }
  /** The connection ends after so many bytes of the answer. */
  | { kind: "cut answer"; afterBytes: number }
  /** The server does what it is asked, and nobody hears of it. */
  | { kind: "swallow" }
  /** The request reaches the server twice, at the same time. */
  | { kind: "duplicate" }
  | { kind: "hold"; ms: number }
  /** Nothing more reaches the server on this connection, and nothing comes back or ends. */
  | { kind: "half-open" };

export const FAULT_KINDS = [
  "cut request",
  "cut answer",
  "swallow",
  "duplicate",
  "hold",
  "half-open",
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Stands between a client and a server and does to its next requests what is asked for. */
export interface FaultyProxy {
  url: string;
  /** For the next requests, one each; null leaves one alone, as those after them are. */
  faults: (RequestFault | null)[];
  /** How often each kind really happened: a cut behind the last byte did not. */
  hits: Record<FaultKind, number>;
  close(): void;
}

export async function startProxy(targetPort: number): Promise<FaultyProxy> {
  const faults: (RequestFault | null)[] = [];
  const hits = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])) as Record<FaultKind, number>;
  const sockets = new Set<Socket>();
  const track = (socket: Socket) => {
    sockets.add(socket);
    return socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  };
  const server = createServer((client) =>
    join(track(client), {
      openUpstream: () => track(connect(targetPort, "127.0.0.1")),
      nextFault: () => faults.shift(),
      onHit: (kind) => hits[kind]++,
    }),
  );
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    faults,
    hits,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Passes bytes on between a client and a connection of its own to the server. */
function join(
  client: Socket,
  {
    openUpstream,
    nextFault,
    onHit,
  }: {
    openUpstream(): Socket;
    nextFault(): RequestFault | null | undefined;
    onHit(kind: FaultKind): void;
  },
): void {
  const upstream = openUpstream();
  let fault: RequestFault | null | undefined;
  let wasHit = false;
  let requestBytes = 0;
  let answerBytes = 0;
  let twin: Socket | undefined;

  const hit = (kind: FaultKind) => {
    if (!wasHit) onHit(kind);
    wasHit = true;
  };
  const end = () => {
    client.destroy();
    upstream.destroy();
  };
  const isDead = () => fault?.kind === "half-open";

  client.on("data", (chunk: Buffer) => {
    if (isDead()) return;
    if (startsRequest(chunk)) {
      fault = nextFault();
      wasHit = false;
      requestBytes = 0;
      answerBytes = 0;
      twin = undefined;
    }
    const before = requestBytes;
    requestBytes += chunk.length;
    if (fault?.kind === "half-open") return hit(fault.kind);
    if (fault?.kind === "cut request" && requestBytes > fault.afterBytes) {
      hit(fault.kind);
      upstream.write(chunk.subarray(0, fault.afterBytes - before), end);
      return;
    }
    if (fault?.kind === "duplicate") {
      hit(fault.kind);
      twin ??= openUpstream().resume();
      twin.write(chunk);
    }
    upstream.write(chunk);
  });
  upstream.on("data", (chunk: Buffer) => {
    const before = answerBytes;
    answerBytes += chunk.length;
    if (isDead()) return;
    if (fault?.kind === "swallow") {
      hit(fault.kind);
      return end();
    }
    if (fault?.kind === "cut answer" && answerBytes > fault.afterBytes) {
      hit(fault.kind);
      client.write(chunk.subarray(0, fault.afterBytes - before), end);
      return;
    }
    if (fault?.kind === "hold") {
      hit(fault.kind);
      setTimeout(() => client.write(chunk), fault.ms);
      return;
    }
    client.write(chunk);
  });
  client.on("close", () => {
    upstream.end();
    twin?.end();
  });
  upstream.on("close", () => {
    if (!isDead() && fault?.kind !== "hold") client.end();
  });
}

/** The client writes the head of a request in one piece, and the next one only after an answer. */
function startsRequest(chunk: Buffer): boolean {
  return /^(GET|POST|PUT|DELETE) \//.test(chunk.toString("latin1", 0, 8));
}
