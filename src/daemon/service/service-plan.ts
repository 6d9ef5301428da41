import { isAbsolute, join, resolve } from "node:path";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { launchAgent } from "./launchd.ts";
import { daemonUnit, syncTimer, syncUnit } from "./systemd.ts";

/** What makes the system start moodsync for this user. */
export interface ServicePlan {
  files: { path: string; text: string }[];
  /** A command that succeeds where this user's services can be reached from here, and what to do where it does not. */
  check: { command: string[]; hint: string };
  /** A command that succeeds where the service is known to the system; null: `disable` works on an unknown one, too. */
  isLoaded: string[] | null;
  /** Commands that make the system take the files on, that undo it, and that follow when the files are removed. */
  enable: string[][];
  disable: string[][];
  afterRemoval: string[][];
  /** What to know beside it. */
  hint: string | null;
}

export interface ServiceRequest {
  /** Starts this program, with a command's words after it. All absolute. */
  program: readonly string[];
  /** `daemon`: the daemon; `timer`: `moodsync sync` at intervals. */
  kind: "daemon" | "timer";
  intervalMinutes: number;
  env: Record<string, string | undefined>;
  homeDirectory: string;
  uid: number;
  userName: string;
}

/** Null on a system that moodsync knows no services of. Throws a `failure` for a path that no service file can hold. */
export function planService(request: ServiceRequest, platform: NodeJS.Platform): ServicePlan | null {
  requireOneLine([
    ...request.program,
    request.homeDirectory,
    ...Object.values(serviceEnvironment(request.env)),
  ]);
  switch (platform) {
    case "linux":
      return planSystemd(request);
    case "darwin":
      return planLaunchd(request);
    default:
      return null;
  }
}

function planSystemd(request: ServiceRequest): ServicePlan {
  const { env, homeDirectory, userName } = request;
  const configured = env.XDG_CONFIG_HOME;
  const config = configured && isAbsolute(configured) ? configured : join(homeDirectory, ".config");
  const unit = (name: string, text: string) => ({ path: join(config, "systemd", "user", name), text });
  const variables = serviceEnvironment(env);
  const sections =
    request.kind === "daemon"
      ? [unit("moodsync.service", daemonUnit(request.program, variables))]
      : [
          unit("moodsync-sync.service", syncUnit(request.program, variables)),
          unit("moodsync-sync.timer", syncTimer(request.intervalMinutes)),
        ];
  const started = request.kind === "daemon" ? "moodsync.service" : "moodsync-sync.timer";
  return {
    files: sections,
    check: {
      command: ["systemctl", "--user", "show", "--property=Version"],
      hint: `Run it where ${userName} is logged in (su and sudo do not count as a login; \`loginctl enable-linger ${userName}\` does without one).`,
    },
    isLoaded: null,
    enable: [
      ["systemctl", "--user", "daemon-reload"],
      ["systemctl", "--user", "enable", "--now", started],
    ],
    disable: [["systemctl", "--user", "disable", "--now", started]],
    afterRemoval: [["systemctl", "--user", "daemon-reload"]],
    hint: `It runs while you are logged in; \`loginctl enable-linger ${userName}\` keeps it running after that.`,
  };
}

function planLaunchd(request: ServiceRequest): ServicePlan {
  const { env, homeDirectory, uid, kind } = request;
  const label = kind === "daemon" ? "org.moodsync.daemon" : "org.moodsync.sync";
  const path = join(homeDirectory, "Library", "LaunchAgents", `${label}.plist`);
  const words = kind === "daemon" ? ["daemon", "run"] : ["sync", "--quiet"];
  const text = launchAgent({
    label,
    command: [...request.program, ...words],
    variables: serviceEnvironment(env),
    everyMinutes: kind === "daemon" ? null : request.intervalMinutes,
  });
  return {
    files: [{ path, text }],
    check: {
      command: ["launchctl", "print", `gui/${uid}`],
      hint: `Run it where ${request.userName} is logged in on the screen.`,
    },
    isLoaded: ["launchctl", "print", `gui/${uid}/${label}`],
    enable: [["launchctl", "bootstrap", `gui/${uid}`, path]],
    disable: [["launchctl", "bootout", `gui/${uid}/${label}`]],
    afterRemoval: [],
    hint: null,
  };
}

/** To systemd a carriage return ends a line, and what follows is a directive; it ignores a variable with any other control
 *  character, and so would find other data; and a property list is XML, which has none of them. */
function requireOneLine(paths: readonly string[]): void {
  if (paths.every((path) => path.isWellFormed() && !/[\p{Cc}\u2028\u2029\ufffd\ufffe\uffff]/u.test(path)))
    return;
  throw new MoodsyncError("failure", "A path that the service needs contains a control character.", {
    hint: "Look at MOODSYNC_HOME, the XDG directories and where moodsync is installed, and rename what contains one.",
  });
}

/** What a service must know of this environment to find the same data. Never the key. */
function serviceEnvironment(env: Record<string, string | undefined>): Record<string, string> {
  const variables: Record<string, string> = {};
  if (env.MOODSYNC_HOME) variables.MOODSYNC_HOME = env.MOODSYNC_HOME;
  for (const name of ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"]) {
    const value = env[name];
    if (value && isAbsolute(value)) variables[name] = value;
  }
  if (env.NODE_EXTRA_CA_CERTS) variables.NODE_EXTRA_CA_CERTS = resolve(env.NODE_EXTRA_CA_CERTS);
  return variables;
}
