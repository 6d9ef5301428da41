import type { HttpClient, ServerRequest } from "../http/http-client.ts";

/** A client of a device that is pinned to a sealed account: whatever asks for it, no request of it names an entity or holds
 *  anything readable. Only what a plain server holds may be asked for, by its digest. */
export function sealedOnly(client: HttpClient): HttpClient {
  return {
    ...client,
    send(request) {
      if (wouldTell(request)) throw new TypeError("a sealed account sends nothing readable");
      return client.send(request);
    },
  };
}

function wouldTell({ method, path, body }: ServerRequest): boolean {
  if (path.startsWith("/v1/history/")) return true;
  if (path.startsWith("/v1/sync/")) return method !== "GET" || path !== "/v1/sync/digest";
  if (path.startsWith("/v1/devices/")) return (body as { label?: unknown } | undefined)?.label !== null;
  return false;
}
