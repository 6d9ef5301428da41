import { isIP } from "node:net";
import { MoodsyncError } from "../../domain/moodsync-error.ts";

/** Checks the URL of a server and brings it to the form that is stored: no trailing slash. `http://` is refused
 *  except to this machine, unless it is allowed. The decision is made on the parsed host: `new URL` turns 0x7f.1
 *  into 127.0.0.1. Names below `localhost` do not count: other programs on the way to them may ask a name server. */
export function parseEndpoint(text: string, { allowInsecureHttp }: { allowInsecureHttp: boolean }): string {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    throw badUrl("The server's URL cannot be read.");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw badUrl("The server's URL must begin with https://.");
  if (url.username || url.password)
    throw badUrl("The server's URL must not contain a user name or a password.");
  if (url.search || url.hash) throw badUrl("The server's URL must end with its path, without ? and #.");
  if (url.protocol === "http:" && !allowInsecureHttp && !isLoopback(url.hostname)) {
    throw new MoodsyncError("invalid_input", "Without https:// anyone on the way could read your data.", {
      hint: "Use https://, an SSH tunnel to 127.0.0.1, or --allow-insecure-http inside a network that you trust.",
    });
  }
  return `${url.origin}${withoutSlashesAtEnd(url.pathname)}`;
}

function withoutSlashesAtEnd(path: string): string {
  let end = path.length;
  while (path[end - 1] === "/") end--;
  return path.slice(0, end);
}

function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) === 4) return host.startsWith("127.");
  return host === "::1" || host === "localhost";
}

function badUrl(message: string): MoodsyncError {
  return new MoodsyncError("invalid_input", message, { hint: "For example: https://mood.example.org." });
}
