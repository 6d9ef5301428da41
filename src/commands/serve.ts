import { join } from "node:path";
import { type AnyCommand, Command } from "../cli/command.ts";
import type { Context } from "../cli/context.ts";
import { warnOfPassword } from "../cli/on-database.ts";

export default function serve(context: Context): AnyCommand {
  return new Command()
    .description("Run a sync server until it is stopped. Without --db it runs a PostgreSQL of its own.")
    .option("--db <url>", "a PostgreSQL database, like postgres://user@host/name (MOODSYNC_DB_URL)")
    .option("--host <address>", "where to listen (MOODSYNC_HOST; default: 127.0.0.1)")
    .option("--port <number>", "0 picks a free one (MOODSYNC_PORT; default: 8787)")
    .option("--tls-cert <file>", "certificate and chain, for https")
    .option("--tls-key <file>", "the certificate's key")
    .option(
      "--trusted-proxy <addresses>",
      "proxies whose X-Forwarded-For is trusted (MOODSYNC_TRUSTED_PROXY)",
    )
    .option("--no-prepare", "no prepared statements, for poolers that share connections")
    .option(
      "--quota-mb <number>",
      "most data of one account, in megabytes (MOODSYNC_QUOTA_MB; default: 1000)",
    )
    .option("--quota-keys <number>", "most keys of one account (MOODSYNC_QUOTA_KEYS; default: 100)")
    .option("--quota-devices <number>", "most devices of one account (MOODSYNC_QUOTA_DEVICES; default: 200)")
    .option("--metrics", "serve Prometheus metrics at /metrics, to anyone who can reach the server")
    .option("--metrics-port <number>", "serve them on this port of 127.0.0.1 instead")
    .action(async (options) => {
      const [{ readServerConfig }, { serve }] = await Promise.all([
        import("../../server/config.ts"),
        import("../../server/serve.ts"),
      ]);
      const { env, home, stdout, stderr } = context;
      await warnOfPassword(context, options.db);
      const config = readServerConfig(options, env);
      // Asked for before anything starts, so that a signal in between still ends PostgreSQL.
      const stopped = new Promise<unknown>((resolve) => context.onStop(resolve));
      const service = await serve({ config, directory: join(home.stateDir, "server"), logTo: stderr });
      if (service.newKeyFile !== null) stderr.write(howToConnect(service.url, service.newKeyFile));
      if (service.metricsUrl !== null) stderr.write(`metrics on ${service.metricsUrl}/metrics\n`);
      context.onReload(service.reload);
      stdout.write(`listening on ${service.url}\n`);
      await stopped;
      await service.close();
    });
}

function howToConnect(url: string, keyFile: string): string {
  const reachable = url.replace(/\/\/(0\.0\.0\.0|\[::\]):/, "//127.0.0.1:");
  return `An account was made for you. Connect a device to it with:\n  moodsync sync enable ${reachable} --key-file ${shellWord(keyFile)}\n`;
}

function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
