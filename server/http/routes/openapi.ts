import type { Route } from "../router.ts";

/** The contract, made when it is first asked for. */
export function openApiRoutes(): Route[] {
  let document: Promise<Buffer> | undefined;
  return [
    {
      method: "GET",
      pattern: "/openapi.json",
      isPublic: true,
      answer: async () => {
        document ??= import("../../openapi/document.ts").then(({ createOpenApiDocument }) =>
          Buffer.from(JSON.stringify(createOpenApiDocument())),
        );
        return { status: 200, text: { contentType: "application/json", content: await document } };
      },
    },
  ];
}
