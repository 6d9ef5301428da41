import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readDaemonStatus } from "../../src/daemon/daemon-status.ts";
import { createTestDatabase } from "../helpers/postgres/postgres.ts";
import { startMoodsync } from "../helpers/program/moodsync.ts";
import type { RunningProgram } from "../helpers/program/program.ts";
import { selfSignedCertificate } from "../helpers/server/self-signed-certificate.ts";
import { type ProgramOnTerminal, startOnTerminal } from "../helpers/terminal/pty.ts";
import { until } from "../helpers/until.ts";

const LISTENING = /^listening on (\S+)\n$/;

let home: string;
let db: string;
let running: { kill(): void }[];
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "moodsync-home-"));
  db = await createTestDatabase();
  running = [];
});
afterEach(() => {
  for (const program of running) program.kill();
  rmSync(home, { recursive: true });
});

async function serve(args: string[] = []): Promise<RunningProgram & { url: string }> {
  const program = startMoodsync(["serve", "--db", db, "--port", "0", ...args], { home });
  running.push({ kill: () => program.child.kill("SIGKILL") });
  const [, url] = await program.waitFor(LISTENING);
  return { ...program, url: url! };
}

function onTerminal(...args: string[]): ProgramOnTerminal {
  const program = startOnTerminal(args, { home, columns: 120, rows: 20 });
  running.push(program);
  return program;
}

const health = async (url: string) => (await fetch(`${url}/health`)).status;

describe("a server", () => {
  test("goes on when the reader of its log has gone, and ends with 0 when it is asked to", async () => {
    const server = await serve();
    server.child.stdout!.destroy();
    server.child.stderr!.destroy();
    for (let count = 0; count < 3; count++) {
      expect(await health(server.url)).toBe(200);
      await sleep(50); // a write that failed is heard of a moment later
    }
    const ended = once(server.child, "exit");
    server.child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  });

  test.runIf(process.platform === "linux")("goes on when the disk of its log is full", async () => {
    const args = ["serve", "--db", db, "--port", "0"];
    const through = ["sh", "-c", 'exec "$@" 2>/dev/full', "sh"];
    const program = startMoodsync(args, { home, through });
    running.push({ kill: () => program.child.kill("SIGKILL") });
    const [, url] = await program.waitFor(LISTENING);
    expect(await health(url!)).toBe(200);
    expect(await program.stop("SIGTERM")).toBe(0);
  });

  test("without a terminal is not ended by SIGHUP, as certificate tools and a closed session send it", async () => {
    const server = await serve();
    server.child.kill("SIGHUP");
    await until(() => server.output.stderr.includes("there is no certificate to read anew"));
    expect(await health(server.url)).toBe(200);
  });

  test("reads a renewed certificate at SIGHUP, and keeps the old one where the new one cannot be used", async () => {
    const [cert, key] = [join(home, "server.pem"), join(home, "server.key")];
    const place = ({ certificate, privateKey }: ReturnType<typeof selfSignedCertificate>) => {
      writeFileSync(cert, certificate);
      writeFileSync(key, privateKey, { mode: 0o600 });
    };
    place(selfSignedCertificate("first.example"));
    const server = await serve(["--tls-cert", cert, "--tls-key", key]);
    const nameShown = async () => {
      const port = Number(new URL(server.url).port);
      const socket = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false });
      await once(socket, "secureConnect");
      const { subject } = socket.getPeerCertificate();
      socket.destroy();
      return subject.CN;
    };
    expect(await nameShown()).toBe("first.example");
    place(selfSignedCertificate("second.example"));
    server.child.kill("SIGHUP");
    await until(() => server.output.stderr.includes("the certificate was read anew"));
    expect(await nameShown()).toBe("second.example");
    writeFileSync(cert, "no certificate");
    server.child.kill("SIGHUP");
    await until(() => server.output.stderr.includes("the old one stays"));
    expect(await nameShown()).toBe("second.example");
  });

  test("ends at once when it is asked a second time", async () => {
    const server = await serve();
    const unfinished = connect(Number(new URL(server.url).port), "127.0.0.1");
    unfinished.on("error", () => {});
    unfinished.write("GET /health HTTP/1.1\r\nHost: x\r\n");
    expect(await health(server.url)).toBe(200);
    server.child.kill("SIGTERM");
    server.child.kill("SIGTERM"); // npm passes on what the terminal has sent to both
    await until(async () =>
      health(server.url).then(
        () => false,
        () => true,
      ),
    );
    await sleep(600);
    expect(server.child.exitCode).toBeNull();
    expect(await server.stop("SIGTERM")).toBe(143);
    unfinished.destroy();
  });

  test("speaks to a person on a terminal, and ends with it", async () => {
    const program = onTerminal("serve", "--db", db, "--port", "0");
    const shown = await program.waitFor("listening on");
    expect(await health(/listening on (\S+)/.exec(shown)![1]!)).toBe(200);
    program.signal("HUP"); // the terminal is there
    expect(program.screen.text()).not.toContain("{");
    program.hangUp();
    expect(await program.ended).toMatchObject({ code: 129, signal: null });
  });
});

describe("a daemon in the foreground", () => {
  test("ends with its terminal", async () => {
    const program = onTerminal("daemon", "run");
    await until(() => readDaemonStatus(join(home, "state")));
    program.hangUp();
    expect(await program.ended).toMatchObject({ code: 129, signal: null });
  });
});
