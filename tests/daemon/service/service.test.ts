import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  checkServices,
  installService,
  uninstallService,
} from "../../../src/daemon/service/install-service.ts";
import { planService, type ServiceRequest } from "../../../src/daemon/service/service-plan.ts";

const request: ServiceRequest = {
  program: ["/usr/bin/node", "/home/ann/my apps/100% $HOME/moodsync.js"],
  kind: "daemon",
  intervalMinutes: 20,
  env: { MOODSYNC_HOME: '/home/ann/a "b"', MOODSYNC_API_KEY: "marker", XDG_DATA_HOME: "relative" },
  homeDirectory: "/home/ann",
  uid: 1000,
  userName: "ann",
};

test.each(["\r", "\n", "\t", "\u001b", "\u007f", "\u0085", "\u2028", "\ud800", "\ufffe"])(
  "%j in a path that the service needs is refused, on every system",
  (control) => {
    const path = `/home/ann/x${control}ExecStartPre=/bin/touch /tmp/y${control}`;
    const requests: Partial<ServiceRequest>[] = [
      { program: [path] },
      { program: ["/usr/bin/node", path] },
      { homeDirectory: path },
      ...["MOODSYNC_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "NODE_EXTRA_CA_CERTS"].map(
        (name) => ({ env: { [name]: path } }),
      ),
    ];
    for (const given of requests) {
      for (const platform of ["linux", "darwin"] as const) {
        expect(() => planService({ ...request, ...given }, platform)).toThrow(/contains a control character/);
      }
    }
  },
);

describe("a systemd user unit", () => {
  test("runs the daemon in place, whatever is in its path, and holds no key", () => {
    const plan = planService(request, "linux")!;
    expect(plan.files.map(({ path }) => path)).toEqual(["/home/ann/.config/systemd/user/moodsync.service"]);
    const { text } = plan.files[0]!;
    expect(text).toContain(
      'ExecStart=/usr/bin/node "/home/ann/my apps/100%% $$HOME/moodsync.js" daemon run\n',
    );
    expect(text).toContain('Environment="MOODSYNC_HOME=/home/ann/a \\"b\\""\n');
    expect(text).toContain("ExecReload=/bin/kill -HUP $MAINPID\n");
    expect(text).not.toContain("marker");
    expect(text).not.toContain("XDG_DATA_HOME");
    expect(plan.hint).toContain("loginctl enable-linger ann");
  });

  test("or one sync for a timer at the interval", () => {
    const plan = planService({ ...request, kind: "timer", env: { XDG_CONFIG_HOME: "/cfg" } }, "linux")!;
    expect(plan.files.map(({ path }) => path)).toEqual([
      "/cfg/systemd/user/moodsync-sync.service",
      "/cfg/systemd/user/moodsync-sync.timer",
    ]);
    expect(plan.files[0]!.text).toContain(" sync --quiet\n");
    expect(plan.files[1]!.text).toContain("OnUnitInactiveSec=20min\n");
  });

  const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;
  test.runIf(hasSystemd)("is one that systemd accepts", () => {
    const directory = mkdtempSync(join(tmpdir(), "moodsync-units-"));
    const node = join(directory, "100% $y");
    symlinkSync(process.execPath, node);
    const program = [node, '/tmp/100% "x" $y/moodsync.js'];
    const files = (["daemon", "timer"] as const).flatMap(
      (kind) => planService({ ...request, program, kind }, "linux")!.files,
    );
    const paths = files.map(({ path, text }) => {
      const copy = join(directory, path.split("/").at(-1)!);
      writeFileSync(copy, text);
      return copy;
    });
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--user", "--man=no", ...paths], {
      encoding: "utf8",
      env: { ...process.env, XDG_RUNTIME_DIR: directory },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    rmSync(directory, { recursive: true });
  });
});

describe("a launchd agent", () => {
  const agent = (kind: ServiceRequest["kind"]) =>
    planService({ ...request, kind, program: ["/usr/bin/node", "/a & <b>/moodsync.js"] }, "darwin")!;

  test("keeps the daemon running", () => {
    const plan = agent("daemon");
    expect(plan.files[0]!.path).toBe("/home/ann/Library/LaunchAgents/org.moodsync.daemon.plist");
    expect(plan.files[0]!.text).toContain("<string>/a &amp; &lt;b&gt;/moodsync.js</string>");
    expect(plan.files[0]!.text).toContain("<key>KeepAlive</key>");
    expect(plan.files[0]!.text).not.toContain("marker");
    expect(plan.enable).toEqual([["launchctl", "bootstrap", "gui/1000", plan.files[0]!.path]]);
  });

  test("or syncs at the interval", () => {
    expect(agent("timer").files[0]!.text).toContain("<integer>1200</integer>");
  });

  const hasXml = spawnSync("python3", ["--version"]).status === 0;
  test.runIf(hasXml)("is a property list that another program can read", () => {
    const script = "import plistlib,sys,json; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))";
    const read = JSON.parse(
      execFileSync("python3", ["-c", script], { input: agent("daemon").files[0]!.text, encoding: "utf8" }),
    );
    expect(read).toMatchObject({
      Label: "org.moodsync.daemon",
      ProgramArguments: ["/usr/bin/node", "/a & <b>/moodsync.js", "daemon", "run"],
      EnvironmentVariables: { MOODSYNC_HOME: '/home/ann/a "b"' },
      RunAtLoad: true,
      KeepAlive: { SuccessfulExit: false },
    });
  });
});

test("a system that moodsync knows no services of has no plan", () => {
  expect(planService(request, "win32")).toBeNull();
});

describe("with a systemctl that writes down how it is called", () => {
  let directory: string;
  let env: NodeJS.ProcessEnv;
  const plan = () => planService({ ...request, homeDirectory: directory }, "linux")!;
  const started = async () => true;
  /** The commands since it was last asked. */
  function calls(): string[] {
    const file = join(directory, "calls");
    const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
    rmSync(file, { force: true });
    return lines;
  }
  /** From now on, this command of it fails. */
  const fail = (command: string) => writeFileSync(join(directory, "fails"), command);

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "moodsync-units-"));
    const script = `#!/bin/sh\necho "$2" >> '${directory}/calls'\n[ "$2" != "$(cat '${directory}/fails' 2>&1)" ]\n`;
    writeFileSync(join(directory, "systemctl"), script, { mode: 0o755 });
    env = { PATH: `${directory}:${process.env.PATH}` };
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test("a service that is installed again ends before it starts anew, and nothing is left of one that is not", async () => {
    expect(uninstallService(plan(), env)).toBe(false);
    await installService(plan(), env, started);
    await installService(plan(), env, started);
    expect(uninstallService(plan(), env)).toBe(true);
    expect(calls()).toEqual([
      ...["daemon-reload", "enable"],
      ...["disable", "daemon-reload", "enable"],
      ...["disable", "daemon-reload"],
    ]);
    expect(existsSync(plan().files[0]!.path)).toBe(false);
  });

  test("where the user's services cannot be reached, that is said before anything is done", () => {
    expect(() => checkServices(plan(), env)).not.toThrow();
    fail("show");
    expect(() => checkServices(plan(), env)).toThrow("nothing was changed");
  });

  test("a service that the system does not take on leaves nothing behind", async () => {
    fail("enable");
    await expect(installService(plan(), env, started)).rejects.toThrow("everything is as it was");
    expect(existsSync(plan().files[0]!.path)).toBe(false);
    expect(calls().slice(-2)).toEqual(["disable", "daemon-reload"]);
  });

  test("one that does not start leaves the one that was installed before", async () => {
    await installService(plan(), env, started);
    const [file] = plan().files;
    writeFileSync(file!.path, "the one before");
    calls();
    await expect(installService(plan(), env, async () => false)).rejects.toThrow("everything is as it was");
    expect(readFileSync(file!.path, "utf8")).toBe("the one before");
    expect(calls()).toEqual([
      ...["disable", "daemon-reload", "enable"],
      ...["disable", "daemon-reload", "enable"],
    ]);
  });

  test("one that the system does not end keeps its files, without which nothing could end it", async () => {
    await installService(plan(), env, started);
    fail("disable");
    expect(() => uninstallService(plan(), env)).toThrow("did not do what it was asked");
    expect(existsSync(plan().files[0]!.path)).toBe(true);
  });
});
