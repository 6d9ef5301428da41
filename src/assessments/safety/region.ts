/** The country of the system's locale ("de_CH.UTF-8" → "CH"), undefined where it names none. It never comes from
 *  the network. LC_ALL outweighs LC_MESSAGES, and that LANG, as in POSIX. */
export function regionOf(env: Record<string, string | undefined>): string | undefined {
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value);
  return /^[a-z]{2,3}[_-]([A-Z]{2})(?![A-Za-z])/.exec(locale ?? "")?.[1];
}
