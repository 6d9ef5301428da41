import { expect, test } from "vitest";
import { proxyFor } from "../../../src/sync/http/environment-proxy.ts";

const SERVER = "https://mood.example.org";
const PROXY = { HTTPS_PROXY: "http://proxy.example:3128" };
const found = { url: "http://proxy.example:3128", authorization: null };

test("https:// goes through the proxy, in capitals, small letters and without its scheme", () => {
  expect(proxyFor(SERVER, PROXY)).toEqual(found);
  expect(proxyFor(SERVER, { https_proxy: "proxy.example:3128", HTTPS_PROXY: "http://other" })).toEqual(found);
  expect(proxyFor(SERVER, { https_proxy: "https://proxy.example" })).toMatchObject({
    url: "https://proxy.example",
  });
  expect(proxyFor(SERVER, { https_proxy: "http://[2001:db8::1]:8080/" })).toMatchObject({
    url: "http://[2001:db8::1]:8080",
  });
});

test.each([
  "http://10.0.0.1:8787",
  "https://localhost",
  "https://127.0.0.1:8443",
  "https://[::1]:8443",
  "https://a.localhost",
])("%s needs none", (endpoint) => {
  expect(proxyFor(endpoint, PROXY)).toBeNull();
});

test("without the variable, or with an empty one, there is none", () => {
  expect(proxyFor(SERVER, {})).toBeNull();
  expect(proxyFor(SERVER, { HTTPS_PROXY: " ", http_proxy: "http://proxy" })).toBeNull();
});

test.each([
  ["*", SERVER],
  ["other.org,  example.org", SERVER],
  [".example.org", SERVER],
  ["*.example.org", SERVER],
  ["MOOD.example.org.", SERVER],
  ["mood.example.org:443", SERVER],
  ["a b mood.example.org", SERVER],
  ["mood.example.org:8443", `${SERVER}:8443`],
  ["192.0.2.7", "https://192.0.2.7"],
  ["192.0.2.0/24", "https://192.0.2.7"],
  ["[2001:db8::7]:443", "https://[2001:db8::7]"],
  ["2001:db8::7", "https://[2001:db8:0::7]"],
  ["2001:db8::/32", "https://[2001:db8::7]"],
])("NO_PROXY=%s leaves out %s", (list, endpoint) => {
  expect(proxyFor(endpoint, { ...PROXY, NO_PROXY: list })).toBeNull();
  expect(proxyFor(endpoint, { ...PROXY, no_proxy: list, NO_PROXY: "other" })).toBeNull();
});

test.each([
  ["", SERVER],
  [",, ,", SERVER],
  ["ample.org", SERVER],
  ["mood.example.org:8443", SERVER],
  ["192.0.2.0/33,192.0.2.0/x,2001:db8::/32", "https://192.0.2.7"],
  ["0.2.7", "https://192.0.2.7"],
])("NO_PROXY=%s does not leave out %s", (list, endpoint) => {
  expect(proxyFor(endpoint, { ...PROXY, NO_PROXY: list })).toEqual(found);
});

test("a name and a password become a header, and are no part of the URL", () => {
  expect(proxyFor(SERVER, { HTTPS_PROXY: "http://na%20me:p%3Aw@proxy:1" })).toEqual({
    url: "http://proxy:1",
    authorization: `Basic ${Buffer.from("na me:p:w").toString("base64")}`,
  });
});

test.each([
  "socks5://name:secret-pw@proxy",
  "http://",
  "http://name:secret-pw%zz@proxy",
  "ftp://secret-pw",
  "a b:secret-pw",
])("%s is refused without being repeated", (named) => {
  const refuse = () => proxyFor(SERVER, { HTTPS_PROXY: named });
  expect(refuse).toThrow("HTTPS_PROXY does not name a proxy that moodsync can use.");
  expect(refuse).not.toThrow("secret-pw");
});
