import type { Route } from "../route.ts";

/** The contract of these routes and of its own, made when it is first asked for. */
export function openApiRoute(others: readonly Route[]): Route {
  let document: Promise<Buffer> | undefined;
  const itself: Route = {
    method: "GET",
    path: "/openapi.json",
    summary: "This document.",
    isPublic: true,
    success: { status: 200, description: "An OpenAPI 3.1 document." },
    problems: [],
    answer: async () => {
      document ??= import("../../openapi/document.ts").then(({ createOpenApiDocument }) =>
        Buffer.from(JSON.stringify(createOpenApiDocument([...others, itself]))),
      );
      return { text: { contentType: "application/json", content: await document } };
    },
  };
  return itself;
}
