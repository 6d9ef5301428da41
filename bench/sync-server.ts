import { newHome, removeHome } from "../tests/helpers/program/home.ts";
import { startProgram } from "../tests/helpers/program/program.ts";
import { MOODSYNC, runProcess } from "./measure.ts";

/** A `moodsync serve` with its private database, for as long as a benchmark needs it. */
export interface SyncServer {
  url: string;
  /** Makes a new account; its API key. */
  addAccount(): string;
  /** Connects the device of `home` with an account. */
  connect(home: string, apiKey: string): void;
  stop(): Promise<void>;
}

export async function startSyncServer(): Promise<SyncServer> {
  const serverHome = newHome();
  const server = startProgram(MOODSYNC, ["serve", "--port", "0"], { home: serverHome });
  const [, url = ""] = await server.waitFor(/listening on (http:\S+)/);
  return {
    url,
    addAccount: () =>
      JSON.parse(runProcess([MOODSYNC, "admin", "user", "add", "--json"], { home: serverHome }).stdout)
        .api_key,
    connect: (home, apiKey) => {
      runProcess([MOODSYNC, "sync", "enable", url, "--key-stdin"], { home, input: apiKey });
    },
    stop: async () => {
      await server.stop();
      removeHome(serverHome);
    },
  };
}
