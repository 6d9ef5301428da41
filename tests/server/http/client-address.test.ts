import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { readServerConfig } from "../../../server/config.ts";
import { addressReader, networkOf, parseTrustedProxies } from "../../../server/http/client-address.ts";

describe("the network of an address", () => {
  test.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::ffff:c000:207", "192.0.2.7"],
    ["0:0:0:0:0:FFFF:192.0.2.7", "192.0.2.7"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:db8::1000:1:1:1", "2001:db8:0:0::/64"],
    ["2001:0DB8:0000:0000:ffff::", "2001:db8:0:0::/64"],
    ["2001:db8:0:1::1", "2001:db8:0:1::/64"],
    ["fe80::1:2:3:4%eth0", "fe80:0:0:0::/64"],
    ["fe80::9%2", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
    ["", ""],
  ])("%s is %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe("the address of a request", () => {
  const request = (remoteAddress: string, forwarded?: string) =>
    ({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } }) as unknown as IncomingMessage;
  const addressOf = addressReader(parseTrustedProxies("127.0.0.1, 10.0.0.0/8,fd00::/8"));

  test.each([
    ["of a stranger, whatever it says", "203.0.113.5", "192.0.2.1", "203.0.113.5"],
    ["that a trusted proxy has seen", "127.0.0.1", "203.0.113.5", "203.0.113.5"],
    ["also where the proxy's address is written as IPv6", "::ffff:127.0.0.1", "203.0.113.5", "203.0.113.5"],
    ["not one that the sender made up", "127.0.0.1", "192.0.2.1, 203.0.113.5", "203.0.113.5"],
    [
      "through several trusted proxies",
      "127.0.0.1",
      "192.0.2.1, 203.0.113.5, fd00::7, 10.1.1.1",
      "203.0.113.5",
    ],
    ["of the proxy where it names none", "127.0.0.1", undefined, "127.0.0.1"],
    ["of the proxy where it names nonsense", "127.0.0.1", "unknown", "127.0.0.1"],
  ])("is the one %s", (_, remote, forwarded, address) => {
    expect(addressOf(request(remote, forwarded))).toBe(address);
  });
});

describe("--trusted-proxy", () => {
  test.each(["", "proxy.example.org", "10.0.0.0/33", "10.0.0.1/", "::1/129", "10.0.0.1/x", "10.0.0.1,"])(
    "refuses %j in one sentence",
    (trustedProxy) => {
      expect(() => readServerConfig({ trustedProxy }, {})).toThrow("A trusted proxy must be an IP address");
    },
  );

  test("is read from the environment as well", () => {
    const { trustedProxies } = readServerConfig({}, { MOODSYNC_TRUSTED_PROXY: "10.0.0.0/8" });
    expect(trustedProxies!.check("10.9.9.9")).toBe(true);
    expect(readServerConfig({}, { MOODSYNC_TRUSTED_PROXY: "" }).trustedProxies).toBeUndefined();
  });
});
