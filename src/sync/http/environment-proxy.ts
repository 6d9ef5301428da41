import { BlockList, isIP } from "node:net";
import { MoodsyncError } from "../../domain/moodsync-error.ts";

/** The proxy through which https:// leaves this network. */
export interface EnvironmentProxy {
  /** Without name and password. */
  url: string;
  /** The `Proxy-Authorization` that its name and password make; never printed. */
  authorization: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy that `HTTPS_PROXY` names for an endpoint, as curl and git take it: not for what `NO_PROXY` lists, not for
 *  this machine, and not for http://, which is for networks without one. The small letters go first. Null: none.
 *  Throws `invalid_input` for what names no proxy. */
export function proxyFor(endpointUrl: string, env: Environment): EnvironmentProxy | null {
  const named = (env.https_proxy || env.HTTPS_PROXY || "").trim();
  const { protocol, hostname, port } = new URL(endpointUrl);
  if (named === "" || protocol !== "https:") return null;
  const host = hostname.replace(/^\[|\]$|\.$/g, "").toLowerCase();
  if (isThisMachine(host) || isExcepted({ host, port: port || "443" }, env.no_proxy || env.NO_PROXY || ""))
    return null;
  return parseProxy(named);
}

function parseProxy(named: string): EnvironmentProxy {
  try {
    const url = new URL(named.includes("://") ? named : `http://${named}`);
    if (url.hostname !== "" && (url.protocol === "http:" || url.protocol === "https:")) {
      const [name, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
      const credentials = Buffer.from(`${name}:${password}`).toString("base64");
      return { url: url.origin, authorization: name === "" ? null : `Basic ${credentials}` };
    }
  } catch {
    // the message below leaves out the value: it may hold a password
  }
  throw new MoodsyncError("invalid_input", "HTTPS_PROXY does not name a proxy that moodsync can use.", {
    hint: "For example: http://proxy.example.org:3128. NO_PROXY lists the servers that need none.",
  });
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "::1" || /^127\./.test(host);
}

/** `[address]` or a name, and a port or none. What does not fit is an address of IPv6 without brackets. */
const ENTRY = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/;

/** Whether a list names the host: `*`, a name with all names below it, an address or a network of addresses, each with a
 *  port or without. */
function isExcepted({ host, port }: { host: string; port: string }, list: string): boolean {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === "*") return true;
      const parts = ENTRY.exec(entry);
      const onlyPort = parts?.[3];
      if (onlyPort !== undefined && Number(onlyPort) !== Number(port)) return false;
      const name = (parts ? (parts[1] ?? parts[2] ?? "") : entry).replace(/^\*?\.+|\.$/g, "");
      if (name === "") return false;
      if (isIP(host)) return isInNetwork(host, name);
      return host === name || host.endsWith(`.${name}`);
    });
}

function isInNetwork(address: string, network: string): boolean {
  const [base = "", bits] = network.split("/");
  const family = isIP(base) === 6 ? "ipv6" : "ipv4";
  if (isIP(base) === 0 || isIP(base) !== isIP(address)) return false;
  const networks = new BlockList();
  const whole = family === "ipv6" ? 128 : 32;
  const prefix = bits === undefined ? whole : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > whole) return false;
  networks.addSubnet(base, prefix, family);
  return networks.check(address, family);
}
