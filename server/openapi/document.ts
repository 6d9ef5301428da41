import { PROBLEM_STATUS, type ProblemCode } from "../../src/domain/protocol/error-code.ts";
import { ProblemBody } from "../../src/domain/protocol/problem-body.ts";
import { PROTOCOL_VERSION } from "../../src/domain/protocol/protocol-version.ts";
import { GenerationChanged } from "../../src/domain/protocol/sealing-info.ts";
import { problemsOf, type Route } from "../http/route.ts";
import { EXCHANGES, type Exchange } from "./examples.ts";
import { jsonSchemas, schemaReference } from "./schemas.ts";
import { SEALED_EXCHANGES } from "./sealed-examples.ts";

const SHOWN: readonly Exchange[] = [...EXCHANGES, ...SEALED_EXCHANGES];

const PROBLEM_MEANING: Record<ProblemCode, string> = {
  malformed: "The request cannot be read; nothing of it was done.",
  unauthorized: "The key is missing, malformed, wrong or revoked.",
  forbidden: "The key is valid, but may not do this.",
  not_found: "The account has no such thing.",
  method_not_allowed: "The address does not know the method.",
  request_timeout: "The body arrived too slowly, or not whole; nothing of it was done.",
  resync_required:
    "A cursor of the request is not, or no longer, of use; `reason` says which way to start over.",
  generation_changed:
    "The account is of another generation, or sealed with another key; `sealing` is what it is, and nothing was done.",
  not_at_head: "The device has not downloaded everything; nothing was done.",
  too_large:
    "The body is larger than 8 MiB after decompression, or an upload touches more than one answer takes: send fewer changes.",
  unsupported_media_type: "The body must be application/json in UTF-8, plain or gzip.",
  sealed_account: "The account is sealed: only its devices can read it, by the routes of sealed accounts.",
  sealing_refused: "The account may not be made that, or not yet; nothing was done.",
  rate_limited: "Too many requests; come back after the seconds of Retry-After.",
  headers_too_large: "The headers are larger than 16 KiB.",
  internal: "The server failed; its log knows the request by `request_id`.",
  unavailable: "Not at the moment; come back after the seconds of Retry-After.",
  quota_exceeded: "The account may not take more room, keys or devices on this server; nothing was done.",
};

/** The OpenAPI 3.1 document of these routes, made from the schemas by which they check what comes in. */
export function createOpenApiDocument(routes: readonly Route[]): object {
  return {
    openapi: "3.1.1",
    info: {
      title: "moodsync sync server",
      version: String(PROTOCOL_VERSION),
      description: "The rules that go with these shapes are in docs/protocol.md.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    security: [{ apiKey: [] }],
    paths: pathItems(routes),
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "An API key: `Authorization: Bearer msk_…`." },
      },
      schemas: jsonSchemas(routes),
      responses: Object.fromEntries(
        Object.keys(PROBLEM_STATUS).map((code) => [code, problemResponse(code as ProblemCode)]),
      ),
    },
  };
}

function pathItems(routes: readonly Route[]): object {
  const items: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const method = route.method.toLowerCase();
    items[route.path] = { ...items[route.path], [method]: operationObject(route) };
  }
  return items;
}

function operationObject(route: Route): object {
  const { method, path, summary, isPublic, request } = route;
  const exchanges = SHOWN.filter((exchange) => isExampleOf(route, exchange));
  const parameters = [
    ...Object.entries(route.parameters ?? {}).map(([name, { schema }]) => ({
      name,
      in: "path",
      required: true,
      schema,
    })),
    ...Object.entries(route.query ?? {}).map(([name, { description }]) => ({
      name,
      in: "query",
      description,
      schema: { type: "string" },
    })),
  ];
  return {
    operationId: operationId(method, path),
    summary,
    ...(isPublic ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(request
      ? {
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: schemaReference(request),
                ...examples(
                  exchanges.filter(({ status }) => status < 400),
                  ({ request }) => request,
                ),
              },
            },
          },
        }
      : {}),
    responses: responses(route, exchanges),
  };
}

function responses(route: Route, exchanges: readonly Exchange[]): object {
  const { status, description, body } = route.success;
  const isSuccess = (exchange: Exchange) => exchange.status === status;
  const content = {
    "application/json": {
      schema: body ? schemaReference(body) : { type: "object" },
      ...examples(exchanges.filter(isSuccess), ({ response }) => response),
    },
  };
  const byStatus: Record<string, object> = {
    [status]: status === 204 ? { description } : { description, content },
  };
  const codes = problemsOf(route);
  for (const status of new Set(codes.map((code) => PROBLEM_STATUS[code]))) {
    const ofStatus = codes.filter((code) => PROBLEM_STATUS[code] === status);
    byStatus[status] = ofStatus.length === 1 ? problemReference(ofStatus[0]!) : anyProblem(ofStatus);
  }
  return byStatus;
}

function problemReference(code: ProblemCode): object {
  return { $ref: `#/components/responses/${code}` };
}

/** Several codes have one status, and a response is found by its status. */
function anyProblem(codes: readonly ProblemCode[]): object {
  return {
    description: codes.map((code) => `\`${code}\`: ${PROBLEM_MEANING[code]}`).join(" "),
    content: { "application/problem+json": problemContent(codes) },
  };
}

function problemContent(codes: readonly ProblemCode[]): object {
  const shown = SHOWN.filter(({ response }) => codes.some((code) => isOfCode(response, code)));
  const problem = schemaReference({ ProblemBody });
  const schema = codes.includes("generation_changed")
    ? { anyOf: [{ allOf: [problem, schemaReference({ GenerationChanged })] }, problem] }
    : problem;
  return { schema, ...examples(shown, ({ response }) => response) };
}

function isOfCode(response: object | undefined, code: ProblemCode): boolean {
  return (response as { code?: string } | undefined)?.code === code;
}

function problemResponse(code: ProblemCode): object {
  const isTemporary = code === "rate_limited" || code === "unavailable";
  return {
    description: PROBLEM_MEANING[code],
    ...(isTemporary
      ? {
          headers: {
            "Retry-After": { description: "Seconds to wait.", schema: { type: "integer", minimum: 1 } },
          },
        }
      : {}),
    content: { "application/problem+json": problemContent([code]) },
  };
}

function examples(exchanges: readonly Exchange[], pick: (exchange: Exchange) => object | undefined): object {
  const shown = exchanges.flatMap((exchange) => {
    const value = pick(exchange);
    return value === undefined ? [] : [[exchange.name, { value }] as const];
  });
  return shown.length > 0 ? { examples: Object.fromEntries(shown) } : {};
}

/** Whether an exchange shows the route. */
export function isExampleOf({ method, path }: Pick<Route, "method" | "path">, exchange: Exchange): boolean {
  const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
  return exchange.method === method && pattern.test(exchange.path.replace(/\?.*/, ""));
}

/** "postSyncUpload" */
function operationId(method: string, path: string): string {
  const words = path.split(/[^A-Za-z]+/).filter((word) => word !== "" && word !== "v");
  return method.toLowerCase() + words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
}
