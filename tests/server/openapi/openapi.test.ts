import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { problemsOf, type Route } from "../../../server/http/route.ts";
import { createOpenApiDocument, isExampleOf } from "../../../server/openapi/document.ts";
import { EXCHANGES } from "../../../server/openapi/examples.ts";
import { wireSchemas } from "../../../server/openapi/schemas.ts";
import { SEALED, SEALED_EXCHANGES } from "../../../server/openapi/sealed-examples.ts";
import type { EntityType } from "../../../src/domain/entities/entity-type.ts";
import { parseEntity } from "../../../src/domain/entities/parse-entity.ts";
import { PROBLEM_STATUS } from "../../../src/domain/protocol/error-code.ts";
import { ProblemBody } from "../../../src/domain/protocol/problem-body.ts";
import type { SealingInfo } from "../../../src/domain/protocol/sealing-info.ts";
import { openDeviceLabel } from "../../../src/sealing/device-label.ts";
import { opensFoundingRecord } from "../../../src/sealing/founding-record.ts";
import { openChange } from "../../../src/sealing/open-change.ts";
import { sealChange } from "../../../src/sealing/seal-change.ts";
import { readSealingKey } from "../../../src/sealing/sealing-key.ts";
import { deriveSealingKeys } from "../../../src/sealing/sealing-keys.ts";
import { serverRoutes } from "../../helpers/server/server-routes.ts";

const routes = serverRoutes();
const vectors = JSON.parse(readFileSync(new URL("../../sealing/vectors.json", import.meta.url), "utf8")) as {
  text: string;
  account_id: string;
  generation: number;
};

/** The path items of the document, by path and method. */
interface Described {
  paths: Record<
    string,
    Record<string, { security?: unknown[]; parameters?: { name: string; in: string }[] }>
  >;
}

describe("the OpenAPI document", () => {
  test("is valid OpenAPI 3.1, and every reference in it leads somewhere", async () => {
    const validator = new Validator();
    const document = structuredClone(createOpenApiDocument(routes)) as Record<string, unknown>;
    expect(await validator.validate(document)).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  test("is refused by the validator when it is wrong", async () => {
    const document = structuredClone(createOpenApiDocument(routes)) as { paths: Record<string, object> };
    document.paths["/health"] = { get: { responses: { 200: { content: {} } } } };
    expect((await new Validator().validate(document as never)).valid).toBe(false);
  });

  test("describes exactly the routes that the server has", () => {
    const { paths } = createOpenApiDocument(routes) as Described;
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { security }]) => [method.toUpperCase(), path, !!security]),
    );
    const served = routes.map(({ method, path, isPublic }) => [method, path, isPublic ?? false]);
    expect(described.sort()).toEqual(served.sort());
  });

  test("describes every parameter of a path", () => {
    const { paths } = createOpenApiDocument(routes) as Described;
    for (const [path, methods] of Object.entries(paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters = [] } of Object.values(methods)) {
        expect(parameters.filter((one) => one.in === "path").map(({ name }) => name)).toEqual(names);
      }
    }
  });

  test("has every schema under one name", () => {
    const nameBySchema = new Map<unknown, string>();
    for (const { parts, request, success } of routes) {
      for (const [name, schema] of Object.entries({ ...parts, ...request, ...success.body })) {
        expect([name, wireSchemas(routes)[name]]).toEqual([nameBySchema.get(schema) ?? name, schema]);
        nameBySchema.set(schema, name);
      }
    }
  });

  test("tells the lengths of texts and lists", () => {
    const { components } = createOpenApiDocument(routes) as {
      components: { schemas: Record<string, unknown> };
    };
    expect(components.schemas).toMatchObject({
      MoodEntry: { properties: { activities: { maxItems: 100 }, value: { minimum: 1, maximum: 5 } } },
      Activity: { properties: { label: { minLength: 1, maxLength: 80 } } },
      SyncUploadRequest: { properties: { changes: { maxItems: 10_000 } } },
    });
    expect(JSON.stringify(components.schemas.MoodEntry)).toContain('"maxLength":10000');
  });
});

const bodySchema = (named: Route["request"]) => Object.values(named ?? {})[0];

describe("every example", () => {
  test.each([...EXCHANGES, ...SEALED_EXCHANGES].map((exchange) => [exchange.name, exchange] as const))(
    "%s has its shape",
    (_, exchange) => {
      const route = routes.find((candidate) => isExampleOf(candidate, exchange))!;
      const { request, response, status } = exchange;
      if (request && status < 400) bodySchema(route.request)!.parse(request);
      if (status >= 400) {
        const { code } = ProblemBody.parse(response);
        expect(problemsOf(route)).toContain(code);
        expect(PROBLEM_STATUS).toHaveProperty(code, status);
      } else if (route.success.body) bodySchema(route.success.body)!.parse(response);
      else expect(response).toBeUndefined();
    },
  );
});

describe("every example of a sealed account", () => {
  const of = { accountId: vectors.account_id, generation: vectors.generation };
  const keys = deriveSealingKeys(readSealingKey(vectors.text), of);

  test("opens with the key of the vectors, and is what that seals", () => {
    const opened = SEALED.changes.map((sealed) => openChange(keys, sealed));
    expect(opened.map(({ entity_type }) => entity_type)).toEqual([
      "Activity",
      "MoodEntry",
      "MoodEntry",
      "MoodEntry",
      "Activity",
    ]);
    for (const { deleted, entity_type, data } of opened) {
      if (!deleted) expect(parseEntity(entity_type as EntityType, data)).toMatchObject({ status: "valid" });
    }
    expect(opened.map((change) => sealChange(keys, change))).toEqual(SEALED.changes);
  });

  test("says who founded, and what the device is called", () => {
    const { response } = SEALED_EXCHANGES.find(({ name }) => name === "found")!;
    expect(opensFoundingRecord(keys, response as SealingInfo)).toBe(true);
    const { response: device } = SEALED_EXCHANGES.find(({ name }) => name === "register-device-sealed")!;
    expect(openDeviceLabel(keys, (device as { id: string }).id, SEALED.label)).toBe("laptop");
  });

  test("shows each route of sealed accounts", () => {
    const shown = routes.filter(({ path }) => /^\/v1\/seal/.test(path));
    expect(shown.length).toBeGreaterThan(5);
    for (const route of shown) {
      const examples = SEALED_EXCHANGES.filter((exchange) => isExampleOf(route, exchange));
      expect([route.path, examples.length > 0]).toEqual([route.path, true]);
    }
  });
});
