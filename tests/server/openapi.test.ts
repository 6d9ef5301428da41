import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { DEFAULT_QUOTAS } from "../../server/accounts/quotas.ts";
import type { Database } from "../../server/db/pool.ts";
import { allRoutes } from "../../server/http/routes/all-routes.ts";
import { createOpenApiDocument, isExampleOf } from "../../server/openapi/document.ts";
import { EXCHANGES } from "../../server/openapi/examples.ts";
import { OPERATIONS, problemsOf } from "../../server/openapi/operations.ts";
import { WIRE_SCHEMAS } from "../../server/openapi/schemas.ts";
import { PROBLEM_STATUS } from "../../src/domain/protocol/error-code.ts";

describe("the OpenAPI document", () => {
  it("is valid OpenAPI 3.1, and every reference in it leads somewhere", async () => {
    const validator = new Validator();
    const document = structuredClone(createOpenApiDocument()) as Record<string, unknown>;
    expect(await validator.validate(document)).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  it("is refused by the validator when it is wrong", async () => {
    const document = structuredClone(createOpenApiDocument()) as { paths: Record<string, object> };
    document.paths["/health"] = { get: { responses: { 200: { content: {} } } } };
    expect((await new Validator().validate(document as never)).valid).toBe(false);
  });

  it("describes exactly the routes that the server has", () => {
    const db = {} as Database;
    const routes = allRoutes({ db, probe: db, nowMs: Date.now, quotas: DEFAULT_QUOTAS });
    const described = OPERATIONS.map(({ method, path, isPublic }) => [method, path, isPublic ?? false]);
    const served = routes.map(({ method, pattern, isPublic }) => [method, pattern, isPublic ?? false]);
    expect(described.sort()).toEqual(served.sort());
  });

  it("tells the lengths of texts and lists", () => {
    const { components } = createOpenApiDocument() as { components: { schemas: Record<string, unknown> } };
    expect(components.schemas).toMatchObject({
      MoodEntry: { properties: { activities: { maxItems: 100 }, value: { minimum: 1, maximum: 5 } } },
      Activity: { properties: { label: { minLength: 1, maxLength: 80 } } },
      SyncUploadRequest: { properties: { changes: { maxItems: 10_000 } } },
    });
    expect(JSON.stringify(components.schemas.MoodEntry)).toContain('"maxLength":10000');
  });
});

describe("every example", () => {
  it.each(EXCHANGES.map((exchange) => [exchange.name, exchange] as const))(
    "%s has its shape",
    (_, exchange) => {
      const operation = OPERATIONS.find((candidate) => isExampleOf(candidate, exchange))!;
      const { request, response, status } = exchange;
      if (request && status < 400) WIRE_SCHEMAS[operation.request!].parse(request);
      if (status >= 400) {
        const { code } = WIRE_SCHEMAS.ProblemBody.parse(response);
        expect(problemsOf(operation)).toContain(code);
        expect(PROBLEM_STATUS).toHaveProperty(code, status);
      } else if (operation.success.schema) WIRE_SCHEMAS[operation.success.schema].parse(response);
      else expect(response).toBeUndefined();
    },
  );
});
