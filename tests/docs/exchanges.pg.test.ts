import { afterAll, beforeAll, expect, test } from "vitest";
import { EXCHANGES, type Exchange, PLACEHOLDERS, SERVER_TIMES } from "../../server/openapi/examples.ts";
import { SEALED_EXCHANGES, SEALED_PLACEHOLDERS } from "../../server/openapi/sealed-examples.ts";
import { createTestDatabase } from "../helpers/postgres/postgres.ts";
import { send, startTestServer, type TestServer } from "../helpers/server/http-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(await createTestDatabase());
});
afterAll(() => server.close());

/** What the server wrote where the examples have a placeholder. */
type Found = Map<string, unknown>;

/** The documented answer as this server would have given it. A placeholder takes the first value that is found in its
 *  place and stands for it from then on; a time of the server's clock takes any. */
function expected(documented: unknown, actual: unknown, found: Found): unknown {
  if (SERVER_TIMES.includes(documented as string)) {
    return typeof documented === "number" ? expect.any(Number) : expect.stringMatching(/^20\d\d-.*\.\d{3}Z$/);
  }
  if (typeof documented === "string" && [...PLACEHOLDERS, ...SEALED_PLACEHOLDERS].includes(documented)) {
    // The id of a request is another one each time.
    const known = found.get(documented) ?? actual;
    found.set(documented, known);
    return known;
  }
  if (Array.isArray(documented)) {
    return documented.map((item, index) => expected(item, (actual as unknown[] | undefined)?.[index], found));
  }
  if (typeof documented === "object" && documented !== null) {
    const given = actual as Record<string, unknown> | undefined;
    return Object.fromEntries(
      Object.entries(documented).map(([key, value]) => [
        key,
        key === "request_id"
          ? expect.stringMatching(/^[0-9a-f-]{36}$/)
          : expected(value, given?.[key], found),
      ]),
    );
  }
  return documented;
}

/** A documented request as this server understands it. */
function replacePlaceholders(text: string, found: Found): string {
  return [...found].reduce((replaced, [key, value]) => replaced.replaceAll(key, String(value)), text);
}

test.each<[string, readonly Exchange[]]>([
  ["a plain account", EXCHANGES],
  ["a sealed account", SEALED_EXCHANGES],
])(
  "the server answers every documented request of %s as documented, in one story",
  async (_of, exchanges) => {
    const { apiKey } = await server.newAccount();
    const found: Found = new Map();
    for (const { name, method, path, isAnonymous, request, status, response } of exchanges) {
      const body = request && JSON.parse(replacePlaceholders(JSON.stringify(request), found));
      const answer = await send(server.url, method, replacePlaceholders(path, found), {
        ...(isAnonymous ? {} : { apiKey }),
        ...(body ? { body } : {}),
      });
      const wanted = expected(response, answer.body, found);
      expect([name, answer.status, answer.body]).toEqual([name, status, wanted]);
    }
    // Every cursor is another position, every id another thing.
    expect(new Set(found.values()).size).toBe(found.size);
  },
);

test("the contract is served to everybody", async () => {
  const { status, body } = await send(server.url, "GET", "/openapi.json");
  expect(status).toBe(200);
  expect(body.paths["/v1/sync/upload"].post.requestBody.content["application/json"].examples).toHaveProperty(
    "upload-first",
  );
});
