import { afterAll } from "vitest";
import { createTestDatabase } from "../postgres/postgres.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { moodsyncBin } from "./moodsync.ts";
import { enableSync, type ProgramDevice, programDevice } from "./program-device.ts";
import { addAccount, type ProgramServer, serveProgram } from "./program-server.ts";

const servers: ProgramServer[] = [];

afterAll(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

/** A device on which the installed program runs, empty and not connected. */
export function newDevice(): ProgramDevice {
  return programDevice(moodsyncBin(), temporaryDirectory("home"));
}

/** The installed server on a new database, with one account. */
export interface InstalledServer extends ProgramServer {
  userId: string;
  apiKey: string;
  home: string;
  databaseUrl: string;
  addAccount(): Promise<{ userId: string; apiKey: string }>;
  /** Another process of it on the same database and port, after this one was stopped. */
  restart(): Promise<ProgramServer>;
}

/** Starts a server that is stopped when the test file has ended. */
export async function startInstalledServer(): Promise<InstalledServer> {
  const databaseUrl = await createTestDatabase();
  const home = temporaryDirectory("server");
  const options = { home, env: { MOODSYNC_DB_URL: databaseUrl } };
  const start = async (port?: string) => {
    const server = await serveProgram(moodsyncBin(), { ...options, ...(port ? { port } : {}) });
    servers.push(server);
    return server;
  };
  const server = await start();
  const account = () => addAccount(moodsyncBin(), options);
  return {
    ...server,
    ...(await account()),
    home,
    databaseUrl,
    addAccount: account,
    restart: () => start(server.port),
  };
}

/** A device that is connected with the server's account. */
export async function connectedDevice(server: { url: string; apiKey: string }): Promise<ProgramDevice> {
  const device = newDevice();
  await enableSync(device, server);
  return device;
}
