import { expect, test } from "vitest";
import { parseEndpoint } from "../../../src/sync/http/endpoint.ts";

const strict = { allowInsecureHttp: false };

test.each([
  ["https://mood.example.org", "https://mood.example.org"],
  ["https://mood.example.org/", "https://mood.example.org"],
  [" https://example.org/moodsync/ ", "https://example.org/moodsync"],
  ["http://127.0.0.1:8787", "http://127.0.0.1:8787"],
  ["http://localhost:8787", "http://localhost:8787"],
  ["http://[::1]:8787/", "http://[::1]:8787"],
  ["http://0x7f.1:8787", "http://127.0.0.1:8787"],
])("%s is stored as %s", (text, stored) => {
  expect(parseEndpoint(text, strict)).toBe(stored);
});

test.each([
  ["mood.example.org", "cannot be read"],
  ["ftp://mood.example.org", "must begin with https://"],
  ["https://user:pw@mood.example.org", "must not contain a user name or a password"],
  ["http://127.0.0.1:80@evil.example", "must not contain a user name or a password"],
  ["https://mood.example.org/?a=1", "without ? and #"],
  ["https://mood.example.org/#x", "without ? and #"],
  ["http://mood.example.org", "anyone on the way could read your data"],
  ["http://127.0.0.1.evil.example", "anyone on the way could read your data"],
  ["http://192.168.1.2:8787", "anyone on the way could read your data"],
])("%s is refused: %s", (text, reason) => {
  expect(() => parseEndpoint(text, strict)).toThrow(reason);
  expect(() => parseEndpoint(text, strict)).not.toThrow("pw");
});

test("http:// to another machine is accepted where it is allowed", () => {
  expect(parseEndpoint("http://192.168.1.2:8787", { allowInsecureHttp: true })).toBe(
    "http://192.168.1.2:8787",
  );
});
