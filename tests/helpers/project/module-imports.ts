import { parseAst } from "vitest/node";

/** One import or re-export of a module. `specifier` is null where it is not a string literal. */
export interface ModuleImport {
  kind: "static" | "dynamic" | "type";
  specifier: string | null;
}

interface AstNode {
  type: string;
  source?: { value?: unknown } | null;
  importKind?: string;
  exportKind?: string;
  specifiers?: { importKind?: string; exportKind?: string }[];
}

/** Every import of a TypeScript module, found by parsing it: declarations, re-exports, `import()` and `import("x").T`. */
export function moduleImports(path: string, source: string): ModuleImport[] {
  const imports: ModuleImport[] = [];
  const visit = (value: unknown) => {
    if (Array.isArray(value)) value.forEach(visit);
    if (value === null || typeof value !== "object" || Array.isArray(value)) return;
    if ("type" in value) {
      const found = importOfNode(value as AstNode);
      if (found) imports.push(found);
    }
    Object.values(value).forEach(visit);
  };
  visit(parseAst(source, { lang: path.endsWith("x") ? "tsx" : "ts" }, path).body);
  return imports;
}

function importOfNode(node: AstNode): ModuleImport | undefined {
  const specifier = typeof node.source?.value === "string" ? node.source.value : null;
  switch (node.type) {
    case "ImportExpression":
      return { kind: "dynamic", specifier };
    case "TSImportType":
      return { kind: "type", specifier };
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
      if (!node.source) return undefined;
      return {
        kind: node.importKind === "type" || node.exportKind === "type" ? "type" : "static",
        specifier,
      };
    default:
      return undefined;
  }
}
