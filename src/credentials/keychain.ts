import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { withoutSecrets } from "../domain/secret-variables.ts";
import { secretServiceAnswers, sessionBusAddress } from "./session-bus.ts";

type Environment = Record<string, string | undefined>;

/** What the system's keychain says. Every operation is a process of its own: a keychain that asks its user to unlock
 *  it may never answer, and a process can be ended. The key goes through pipes, never through arguments. */
export interface Keychain {
  /** Null where there is no such entry. Throws a `failure` where the keychain does not answer. */
  read(account: string): Promise<string | null>;
  /** False where the keychain did not keep the key so that another process finds it. */
  write(account: string, key: string): Promise<boolean>;
  remove(account: string): Promise<void>;
}

const SERVICE = "moodsync";
/** Long enough for a person to unlock the keychain. */
const OPERATION_TIMEOUT_MS = 30_000;
const NO_ENTRY = 3;

/** Runs in a process of its own with the library's path, the operation, the service and the account as arguments. */
const CHILD = `
const [library, operation, service, account] = process.argv.slice(1);
const entry = new (require(library).Entry)(service, account);
if (operation === "write") entry.setPassword(require("fs").readFileSync(0, "utf8"));
else if (operation === "remove") entry.getPassword() === null || entry.deletePassword();
else {
  const key = entry.getPassword();
  if (key === null) process.exitCode = ${NO_ENTRY};
  else process.stdout.write(key);
}`;

/** `variable` is the one of the environment that a person can give the key in instead, where there is one. */
export function createKeychain(env: Environment, variable: string | null): Keychain {
  async function run(operation: "read" | "write" | "remove", account: string, input = "") {
    if (!(await isAnswering(env))) return null;
    return runChild([operation, SERVICE, account], { env: childEnvironment(env), input });
  }

  async function read(account: string): Promise<string | null> {
    const result = await run("read", account);
    if (result?.code === 0) return result.stdout;
    if (result?.code === NO_ENTRY) return null;
    throw new MoodsyncError("failure", "The system's keychain, where the key is kept, does not answer.", {
      hint: `Unlock it${variable === null ? "" : `, give the key in ${variable}`}, or keep it in a file: \`moodsync sync enable <URL> --key-place file\`.`,
    });
  }

  return {
    read,
    async write(account, key) {
      const result = await run("write", account, key);
      if (result?.code !== 0) return false;
      return (await read(account).catch(() => null)) === key;
    },
    async remove(account) {
      const result = await run("remove", account);
      if (result?.code === 0) return;
      throw new MoodsyncError(
        "failure",
        "The system's keychain does not answer, so it still holds the key.",
        {
          hint: "Unlock it and try again, or delete its moodsync entry yourself.",
        },
      );
    },
  };
}

/** On Linux the library finds a keychain everywhere: the kernel's, which forgets the key with the session. Only a
 *  secret service keeps it. */
async function isAnswering(env: Environment): Promise<boolean> {
  if (process.platform !== "linux") return true;
  const address = sessionBusAddress(env);
  return address !== null && secretServiceAnswers(address);
}

function childEnvironment(env: Environment): NodeJS.ProcessEnv {
  const others = withoutSecrets(env);
  const address = sessionBusAddress(env);
  return address === null ? others : { ...others, DBUS_SESSION_BUS_ADDRESS: address };
}

/** Null where the library is not installed or the process did not end by itself. */
function runChild(
  args: string[],
  { env, input }: { env: NodeJS.ProcessEnv; input: string },
): Promise<{ code: number | null; stdout: string } | null> {
  const library = libraryPath();
  if (library === null) return Promise.resolve(null);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["-e", CHILD, library, ...args], {
      env,
      stdio: ["pipe", "pipe", "ignore"],
      timeout: OPERATION_TIMEOUT_MS,
      killSignal: "SIGKILL",
    });
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stdin.on("error", () => {}).end(input);
    child.on("error", () => resolve(null));
    child.on("close", (code) => resolve(code === null ? null : { code, stdout }));
  });
}

function libraryPath(): string | null {
  try {
    return createRequire(import.meta.url).resolve("@napi-rs/keyring");
  } catch {
    return null;
  }
}
