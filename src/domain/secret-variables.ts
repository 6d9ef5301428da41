/** Variables of the environment that hold a secret: an API key, a sealing key, a database's password. */
const SECRET_VARIABLES: readonly string[] = ["MOODSYNC_API_KEY", "MOODSYNC_SEALING_KEY", "MOODSYNC_DB_URL"];

/** The environment for a program that is none of ours, which has no need of our secrets. */
export function withoutSecrets(env: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !SECRET_VARIABLES.includes(name)));
}
