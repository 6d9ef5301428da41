import type * as z from "zod";
import type { ProblemCode } from "../../src/domain/protocol/error-code.ts";
import type { Caller } from "../auth.ts";
import type { LogFields } from "../observability/log.ts";
import { type PathParameter, parseBody, type QueryParameter, readParameters } from "./check-request.ts";

/** Schemas under the names that the OpenAPI document has for them: `{ DeviceListResponse }`. */
export type NamedSchemas = Readonly<Record<string, z.ZodType>>;

/** What a client can know of a route before it asks; the OpenAPI document is made of it. */
interface RouteDescription {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** With its parameters: `/v1/devices/{id}`. */
  path: string;
  summary: string;
  /** The one schema of the body of a request; without it no body is read. */
  request?: NamedSchemas;
  /** One for each `{name}` of the path. */
  parameters?: Readonly<Record<string, PathParameter<unknown>>>;
  /** Optional ones behind the `?`. */
  query?: Readonly<Record<string, QueryParameter<unknown>>>;
  /** The status of every answer that is no problem, and the one schema of its body. */
  success: { status: number; description: string; body?: NamedSchemas };
  /** Its first statement checks the key of the caller. */
  checksKey?: true;
  /** Problems beyond those that every route has. */
  problems: readonly ProblemCode[];
  /** Schemas that those of the bodies are made of, where the document should name them too. */
  parts?: NamedSchemas;
}

/** What a route gets to see of a request. */
export interface RouteRequest<Parameters = unknown, Query = unknown, Body = unknown> {
  parameters: Parameters;
  query: Query;
  body: Body;
  /** Adds to the log line of this request. */
  note(fields: LogFields): void;
}

/** A request as it came: the values of the path's `{names}`, what stands behind the `?`, and the JSON of its body. */
export type UncheckedRequest = RouteRequest<Readonly<Record<string, string>>, URLSearchParams>;

/** Without a body and without a text the answer is empty. */
export interface RouteAnswer {
  /** Sent as JSON. */
  body?: object;
  text?: { contentType: string; content: string | Buffer };
}

/** `public` routes answer everybody; all others get the caller of a valid key. */
export type Route = RouteDescription &
  (
    | { isPublic: true; answer(request: UncheckedRequest): Promise<RouteAnswer> }
    | { isPublic?: false; answer(request: UncheckedRequest & { caller: Caller }): Promise<RouteAnswer> }
  );

type ValuesOf<Parameters> = {
  [Name in keyof Parameters]: Parameters[Name] extends { read(text: string): infer T } ? T : never;
};
type BodyOf<Request> = Request extends NamedSchemas ? z.output<Request[keyof Request]> : undefined;

/** A route whose requests are checked by its own description before it gets to see them. */
export function route<
  const P extends Readonly<Record<string, PathParameter<unknown>>>,
  const Q extends Readonly<Record<string, QueryParameter<unknown>>>,
  const R extends NamedSchemas | undefined = undefined,
>(
  described: Omit<RouteDescription, "parameters" | "query" | "request"> & {
    parameters?: P;
    query?: Q;
    request?: R;
    answer(
      request: RouteRequest<ValuesOf<P>, Partial<ValuesOf<Q>>, BodyOf<R>> & { caller: Caller },
    ): Promise<RouteAnswer>;
  },
): Route {
  const { request, parameters = {}, query = {}, answer } = described;
  const [schema] = Object.values<z.ZodType>(request ?? {});
  return {
    ...(described as RouteDescription),
    answer: async (unchecked) => {
      const checked = {
        parameters: readParameters(parameters, (name) => unchecked.parameters[name]),
        query: readParameters(query, (name) => unchecked.query.get(name)),
        body: schema && parseBody(schema, unchecked.body),
      };
      return answer({ ...unchecked, ...checked } as Parameters<typeof answer>[0]);
    },
  };
}

/** What any route with a key, and any with a body, can answer. */
const PROBLEMS_WITH_KEY: readonly ProblemCode[] = ["unauthorized", "rate_limited", "unavailable"];
const PROBLEMS_WITH_BODY: readonly ProblemCode[] = [
  "malformed",
  "request_timeout",
  "too_large",
  "unsupported_media_type",
];

/** All problems that a route can answer with. */
export function problemsOf({ isPublic, request, problems }: Route): ProblemCode[] {
  return [
    ...(request ? PROBLEMS_WITH_BODY : []),
    ...(isPublic ? [] : PROBLEMS_WITH_KEY),
    ...problems,
    "headers_too_large",
    "internal",
  ];
}
