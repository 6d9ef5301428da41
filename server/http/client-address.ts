import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";
import { MoodsyncError } from "../../src/domain/moodsync-error.ts";

/** The address that a request comes from. */
export type AddressReader = (request: IncomingMessage) => string;

/** `X-Forwarded-For` is believed only where a trusted proxy wrote it: of its addresses, the last one that is no trusted
 *  proxy's is the one that the outermost of them has seen. */
export function addressReader(trustedProxies: BlockList): AddressReader {
  const trustsNobody = trustedProxies.rules.length === 0;
  return ({ socket, headers }) => {
    let address = plainAddress(socket.remoteAddress ?? "");
    if (trustsNobody) return address;
    const forwarded = String(headers["x-forwarded-for"] ?? "").split(",");
    while (isTrusted(trustedProxies, address) && forwarded.length > 0) {
      const before = plainAddress(forwarded.pop()!.trim());
      if (isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}

/** The proxies of `10.0.0.7,fd00::/8`. Throws `invalid_input`. */
export function parseTrustedProxies(text: string): BlockList {
  const proxies = new BlockList();
  for (const part of text.split(",").map((part) => part.trim())) {
    const [address = "", prefix] = part.split("/");
    const family = isIP(address);
    const bits = family === 4 ? 32 : 128;
    const length = prefix === undefined ? bits : Number(prefix);
    if (family === 0 || !/^\d{1,3}$/.test(prefix ?? "0") || length > bits) {
      throw new MoodsyncError(
        "invalid_input",
        "A trusted proxy must be an IP address or a network like 10.0.0.0/8.",
        {
          hint: "Give several with commas: --trusted-proxy 127.0.0.1,fd00::/8",
        },
      );
    }
    proxies.addSubnet(address, length, family === 4 ? "ipv4" : "ipv6");
  }
  return proxies;
}

/** The network that one person holds whole: an IPv4 address, or a /64 of IPv6 addresses. */
export function networkOf(address: string): string {
  const plain = plainAddress(address);
  if (isIP(plain) !== 6) return plain;
  return `${groupsOf(plain).slice(0, 4).join(":")}::/64`;
}

/** Without the zone of a link, and IPv4 as such also where it is written as IPv6 (`::ffff:10.0.0.1`). */
function plainAddress(address: string): string {
  const [bare = ""] = address.split("%", 1);
  if (isIP(bare) !== 6) return bare;
  const groups = groupsOf(bare);
  if (groups.slice(0, 5).some((group) => group !== "0") || groups[5] !== "ffff") return bare;
  const bytes = groups
    .slice(6)
    .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
  return bytes.join(".");
}

/** The eight groups of a valid IPv6 address, each in hexadecimal without leading zeros. */
function groupsOf(address: string): string[] {
  // The URL parser writes it in the one form of RFC 5952, IPv4 endings too.
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = written.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  return [...before, ...Array(8 - before.length - after.length).fill("0"), ...after];
}

function isTrusted(proxies: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && proxies.check(address, family === 4 ? "ipv4" : "ipv6");
}
