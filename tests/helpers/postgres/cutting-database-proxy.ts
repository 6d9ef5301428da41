import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { parseDatabaseUrl } from "../../../server/db/database-url.ts";

/** Stands between a server and its PostgreSQL and cuts results off. */
export interface CuttingDatabaseProxy {
  /** The database's URL by way of this proxy. */
  url: string;
  /** The next result ends, with its connection, behind its first row. */
  cutNextResult(): void;
  /** How many results were cut. */
  cuts(): number;
  close(): void;
}

const DATA_ROW = "D".charCodeAt(0);

export async function startCuttingDatabaseProxy(databaseUrl: string): Promise<CuttingDatabaseProxy> {
  const target = parseDatabaseUrl(databaseUrl);
  const { hostname, port } = new URL(target.url);
  const sockets = new Set<Socket>();
  const track = (socket: Socket) => {
    sockets.add(socket);
    return socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  };
  let isArmed = false;
  let cuts = 0;

  const server = createServer((client) => {
    track(client);
    const upstream = track(
      target.path === undefined ? connect(Number(port || 5432), hostname) : connect(target.path),
    );
    client.pipe(upstream);
    let unread: Buffer = Buffer.alloc(0);
    upstream.on("data", (chunk: Buffer) => {
      if (client.destroyed || client.writableEnded) return;
      unread = Buffer.concat([unread, chunk]);
      const { whole, endOfFirstRow } = measureMessages(unread);
      const isCut = isArmed && endOfFirstRow !== undefined;
      const passed = isCut ? endOfFirstRow : whole;
      client.write(unread.subarray(0, passed));
      unread = unread.subarray(passed);
      if (!isCut) return;
      isArmed = false;
      cuts += 1;
      client.end(() => client.destroy());
      upstream.destroy();
    });
    upstream.on("close", () => client.end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const url = new URL(target.url);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    cutNextResult: () => {
      isArmed = true;
    },
    cuts: () => cuts,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Each message is a letter and a length that counts itself but not the letter ("Message Formats" of PostgreSQL's manual). */
function measureMessages(bytes: Buffer): { whole: number; endOfFirstRow: number | undefined } {
  let whole = 0;
  let endOfFirstRow: number | undefined;
  while (whole + 5 <= bytes.length) {
    const end = whole + 1 + bytes.readInt32BE(whole + 1);
    if (end > bytes.length) break;
    if (bytes[whole] === DATA_ROW) endOfFirstRow ??= end;
    whole = end;
  }
  return { whole, endOfFirstRow };
}
