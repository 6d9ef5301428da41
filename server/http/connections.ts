import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import { connectionOf } from "./paced-connection.ts";

/** The open connections of a listener. They have an upper limit, and one that has shown no key gives way to a new one:
 *  so nobody keeps others out by connections that do nothing. */
export interface Connections {
  /** Keeps the connection of a request that has shown a key of that account, until the result is called; from now on it
   *  is read in the account's turn. */
  keep(request: IncomingMessage, userId: string): () => void;
  /** Also those that Node's own `closeAllConnections` does not know: their TLS handshake is not over. */
  destroyAll(): void;
}

/** Some 50 kB each where they speak TLS. A server of its own for a few hundred devices uses some dozens at a time. */
const MAX_CONNECTIONS = 1_000;

/** Watches the connections of a server that does not listen yet. */
export function watchConnections(server: Server, maxConnections: number = MAX_CONNECTIONS): Connections {
  const open = new Map<string, Socket>();
  /** Those that may give way, the longest without a key first. */
  const giveWay = new Set<string>();

  // Beyond those that can give way: should all be kept, Node closes a new one at once.
  server.maxConnections = maxConnections + 1;
  server.on("connection", (socket) => {
    const name = nameOf(socket);
    open.set(name, socket);
    giveWay.add(name);
    socket.once("close", () => {
      open.delete(name);
      giveWay.delete(name);
    });
    if (open.size <= maxConnections) return;
    const [oldest] = giveWay;
    open.get(oldest!)!.destroy();
  });

  return {
    keep(request, userId) {
      connectionOf(request).sender = userId;
      const name = nameOf(request.socket);
      giveWay.delete(name);
      return () => {
        if (open.has(name)) giveWay.add(name);
      };
    },
    destroyAll() {
      for (const socket of open.values()) socket.destroy();
    },
  };
}

/** The same for a TLS socket and for the one below it, which Node does not lead to. */
function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
