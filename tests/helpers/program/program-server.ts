import { type ProgramOptions, type RunningProgram, runProgram, startProgram } from "./program.ts";

/** A `moodsync serve` in a process of its own. */
export interface ProgramServer extends RunningProgram {
  url: string;
  port: string;
}

/** Starts `moodsync serve` and waits until it takes requests. `port` 0 picks a free one. */
export async function serveProgram(
  bin: string,
  options: ProgramOptions & { args?: readonly string[]; port?: string },
): Promise<ProgramServer> {
  const program = startProgram(
    bin,
    ["serve", "--port", options.port ?? "0", ...(options.args ?? [])],
    options,
  );
  const [, url = ""] = await program.waitFor(/^listening on (\S+)\n/m);
  return { ...program, url, port: new URL(url).port };
}

/** A new account of the server with that database. */
export async function addAccount(
  bin: string,
  options: ProgramOptions,
): Promise<{ userId: string; apiKey: string }> {
  const { code, stdout, stderr } = await runProgram(bin, ["admin", "user", "add", "--json"], options);
  if (code !== 0) throw new Error(`admin user add ended with ${code}: ${stderr}`);
  const { user_id: userId, api_key: apiKey } = JSON.parse(stdout);
  return { userId, apiKey };
}
