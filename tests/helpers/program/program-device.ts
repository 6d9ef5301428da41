import { join } from "node:path";
import { openSqlite } from "../../../src/files/open-sqlite.ts";
import { type ProgramOptions, type ProgramResult, runProgram } from "./program.ts";

/** A device on which the built program runs, each command as a process of its own. */
export interface ProgramDevice {
  /** The program's starting script. */
  bin: string;
  home: string;
  run(args: readonly string[], options?: Partial<ProgramOptions>): Promise<ProgramResult>;
  /** The same, failing unless the command succeeds; what it prints. */
  ok(args: readonly string[], options?: Partial<ProgramOptions>): Promise<string>;
  /** The same with `--json`, parsed. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into the shapes that scripts see
  json(args: readonly string[], options?: Partial<ProgramOptions>): Promise<any>;
  /** Ids of all its live mood entries. */
  moodIds(): Promise<Set<string>>;
  /** "ok", or what SQLite finds wrong with its database. */
  integrity(): string;
}

/** `bin` is the program's starting script, `home` an existing directory. */
export function programDevice(bin: string, home: string): ProgramDevice {
  const device: ProgramDevice = {
    bin,
    home,
    run: (args, options = {}) => runProgram(bin, args, { home, ...options }),
    async ok(args, options) {
      const { code, stdout, stderr } = await device.run(args, options);
      if (code !== 0) throw new Error(`moodsync ${args[0]} ended with ${code}: ${stdout}${stderr}`);
      return stdout;
    },
    json: async (args, options) => JSON.parse(await device.ok([...args, "--json"], options)),
    async moodIds() {
      const { entities } = JSON.parse(await device.ok(["export"]));
      return new Set(entities.mood_entries.map(({ id }: { id: string }) => id));
    },
    integrity() {
      const db = openSqlite(join(home, "moodsync.db"), { readonly: true });
      try {
        return String(db.pragma("integrity_check", { simple: true }));
      } finally {
        db.close();
      }
    },
  };
  return device;
}

/** Connects a device and fails unless that succeeds. */
export async function enableSync(
  device: ProgramDevice,
  { url, apiKey }: { url: string; apiKey: string },
  label = "device",
): Promise<void> {
  await device.ok(["sync", "enable", url, "--key-stdin", "--label", label], { input: apiKey });
}
