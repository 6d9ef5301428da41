import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createTestDatabase } from "../helpers/postgres/postgres.ts";
import { runMoodsync, startMoodsync } from "../helpers/program/moodsync.ts";
import { selfSignedCertificate } from "../helpers/server/self-signed-certificate.ts";

test("doctor --online says how long the server's certificate is valid, and that it soon ends", async () => {
  const home = mkdtempSync(join(tmpdir(), "moodsync-home-"));
  const db = await createTestDatabase();
  const [cert, key, keyFile] = [join(home, "server.pem"), join(home, "server.key"), join(home, "first-key")];
  const user = await runMoodsync(["admin", "user", "add", "--json", "--db", db], { home });
  writeFileSync(keyFile, JSON.parse(user.stdout).api_key, { mode: 0o600 });
  const env = { NODE_EXTRA_CA_CERTS: cert, MOODSYNC_KEY_PLACE: "file" };
  try {
    for (const [days, finding] of [
      [60, { status: "ok", text: "valid for 59 days" }],
      [5, { status: "problem", text: "ends in 4 days" }],
    ] as const) {
      const { certificate, privateKey } = selfSignedCertificate("localhost", { days });
      writeFileSync(cert, certificate);
      writeFileSync(key, privateKey, { mode: 0o600 });
      const serve = ["serve", "--db", db, "--port", "0", "--tls-cert", cert, "--tls-key", key];
      const server = startMoodsync(serve, { home });
      const [, port] = await server.waitFor(/^listening on https:\/\/\S+:(\d+)\n$/);
      const url = `https://localhost:${port}`;
      const enabled = await runMoodsync(["sync", "enable", url, "--key-file", keyFile], { home, env });
      expect(enabled).toMatchObject({ code: 0 });
      const { stdout } = await runMoodsync(["doctor", "--online", "--json"], { home, env });
      expect(JSON.parse(stdout).findings).toContainEqual(
        expect.objectContaining({ name: "certificate", ...finding }),
      );
      await server.stop("SIGTERM");
    }
  } finally {
    rmSync(home, { recursive: true });
  }
});
