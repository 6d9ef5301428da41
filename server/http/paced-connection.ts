import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { Server as TlsServer } from "node:tls";
import { networkOf } from "./client-address.ts";
import { createReadingTurns, type Reader, type ReadingTurns } from "./reading-turns.ts";

/** Most of a body that Node's parser gets at once, in bytes. */
const PART_BYTES = 64 * 1024;
/** As so many senders new connections of one network count until their first request is known: otherwise the devices of many
 *  accounts behind one address, which come back after an outage, would each wait for all that have shown their key. */
const NEW_SENDERS = 8;
/** Every head ends with it, and every body whose length is not announced: Node's parser takes nothing else. */
const BLANK_LINE = "\r\n\r\n";
const NOTHING = Buffer.alloc(0);

/** A connection as Node's parser sees it. The parser makes a request of whatever it finds, thousands of one read, and
 *  before any other connection is served. So it gets a part of one request at a time, in turn with other senders, and the
 *  next request when the last one is answered. */
class PacedConnection extends Duplex implements Reader {
  /** The account whose key it has shown last, and until then its network, of which it is one of the new ones at first. */
  sender: string;
  readonly remoteAddress: string | undefined;
  readonly remotePort: number | undefined;
  readonly #network: string;
  readonly #socket: Socket;
  readonly #turns: ReadingTurns;
  /** Read from the socket, but not by the parser. */
  #held: Buffer = NOTHING;
  /** The end of what the parser has, where half a blank line may stand. */
  #lastBytes = "";
  #isWanted = false;
  /** The sender has closed its half: what is held is the last. */
  #hasEnded = false;
  #request: IncomingMessage | undefined;
  #unanswered = 0;
  /** Of the request's body, where its length is announced. */
  #bytesLeft = 0;

  /** `number`: how many the listener had before it. */
  constructor(socket: Socket, { turns, number }: { turns: ReadingTurns; number: number }) {
    super();
    this.#socket = socket;
    this.#turns = turns;
    this.remoteAddress = socket.remoteAddress;
    this.remotePort = socket.remotePort;
    this.#network = networkOf(socket.remoteAddress ?? "");
    this.sender = `${this.#network} new ${number % NEW_SENDERS}`;
    socket.on("readable", () => this.#enter());
    socket.on("end", () => {
      this.#hasEnded = true;
      this.#endWhenRead();
    });
    socket.on("timeout", () => this.emit("timeout"));
    socket.on("error", (error) => this.destroy(error));
    socket.on("close", () => this.destroy());
  }

  /** Notes a request of this connection that is to be answered. */
  begin(request: IncomingMessage, response: ServerResponse): void {
    if (!this.#request) this.sender = this.#network;
    this.#request = request;
    this.#bytesLeft = Number(request.headers["content-length"] ?? 0);
    this.#unanswered += 1;
    response.once("close", () => {
      this.#unanswered -= 1;
      this.#enter();
    });
  }

  readPart(): void {
    if (this.destroyed || !this.#mayBeRead()) return; // it may have waited as two senders
    const part = this.#held.subarray(0, this.#partLength());
    this.#held = this.#held.subarray(part.length);
    this.#bytesLeft = Math.max(0, this.#bytesLeft - part.length);
    this.#lastBytes = (this.#lastBytes + part.toString("latin1", Math.max(0, part.length - 3))).slice(-3);
    this.#isWanted = false;
    this.push(part);
    this.#endWhenRead();
  }

  #endWhenRead(): void {
    if (this.#hasEnded && this.#held.length === 0) this.push(null);
  }

  #mayBeRead(): boolean {
    const waitsForAnswer = this.#unanswered > 0 && this.#request!.complete;
    return this.#held.length > 0 && this.#isWanted && !waitsForAnswer;
  }

  #enter(): void {
    // Also where there is nothing more: reading that is how a socket gets to its end.
    if (this.#held.length === 0) this.#held = this.#socket.read() ?? NOTHING;
    if (this.#mayBeRead()) this.#turns.enter(this);
  }

  #partLength(): number {
    if (this.#bytesLeft > 0) return Math.min(this.#bytesLeft, PART_BYTES);
    const border = this.#lastBytes + this.#held.toString("latin1", 0, BLANK_LINE.length - 1);
    const atBorder = border.indexOf(BLANK_LINE);
    if (atBorder >= 0) return atBorder + BLANK_LINE.length - this.#lastBytes.length;
    const at = this.#held.indexOf(BLANK_LINE);
    return at >= 0 ? at + BLANK_LINE.length : PART_BYTES;
  }

  override _read(): void {
    this.#isWanted = true;
    this.#enter();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, encoding, done);
  }

  /** In one packet, as a head and a short body are written one after the other. */
  override _writev(
    chunks: { chunk: Buffer; encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    const last = chunks.pop()!;
    this.#socket.cork();
    for (const { chunk, encoding } of chunks) this.#socket.write(chunk, encoding);
    this.#socket.write(last.chunk, last.encoding, done);
    this.#socket.uncork();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  /** Node's server calls the next two where a connection has them. */
  setTimeout(ms: number, onTimeout?: () => void): this {
    this.#socket.setTimeout(ms, onTimeout);
    return this;
  }

  destroySoon(): void {
    this.end(() => this.destroy());
  }
}

/** Has the parser of a server that does not listen yet read all connections in turn. */
export function paceConnections(server: Server): void {
  const turns = createReadingTurns();
  let number = 0;
  const event = server instanceof TlsServer ? "secureConnection" : "connection";
  const [parse] = server.listeners(event);
  server.removeListener(event, parse as () => void);
  server.on(event, (socket: Socket) => {
    parse!.call(server, new PacedConnection(socket, { turns, number: number++ }));
  });
  server.prependListener("request", (request, response) => connectionOf(request).begin(request, response));
}

/** The connection of a request to a server whose connections are paced. */
export function connectionOf({ socket }: IncomingMessage): PacedConnection {
  return socket as Duplex as PacedConnection;
}
