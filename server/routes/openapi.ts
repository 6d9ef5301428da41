import type { Route } from "../router.ts";

/** The contract, made when it is first asked for. */
export function openApiRoutes(): Route[] {
  let document: Promise<object> | undefined;
  return [
    {
      method: "GET",
      pattern: "/openapi.json",
      isPublic: true,
      answer: async () => {
        document ??= import("../openapi/document.ts").then(({ createOpenApiDocument }) =>
          createOpenApiDocument(),
        );
        return { status: 200, body: await document };
      },
    },
  ];
}
