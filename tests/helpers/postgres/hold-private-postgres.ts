// Started as a process of its own: runs a private PostgreSQL as `serve` would, until it is killed.
import { startPrivatePostgres } from "../../../server/private-postgres/start.ts";

const [directory, systemDirectory] = process.argv.slice(2) as [string, string];
const postgres = await startPrivatePostgres({ directory, systemDirectory, purpose: "serve" });
process.once("SIGTERM", () => process.exit(0));
process.stdout.write(`${postgres.url}\n`);
setInterval(() => {}, 60_000);
