import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { MAX_UNDER_WAY } from "../../server/accounts/account-limits.ts";
import { DEFAULT_LIMITS } from "../../server/auth.ts";
import { MAX_ACCOUNT_TRANSFER_BYTES } from "../../server/http/transfer-budget.ts";
import { EXCHANGES } from "../../server/openapi/examples.ts";
import { REQUESTS_WITHOUT_KEY_PER_MINUTE } from "../../server/start.ts";
import { ENTITY_FIELDS } from "../../src/domain/entities/entity-fields.ts";
import { ENTITY_TYPES } from "../../src/domain/entities/entity-type.ts";
import { activityId, scheduleId } from "../../src/domain/entities/natural-key.ts";
import { parseEntity } from "../../src/domain/entities/parse-entity.ts";
import * as limits from "../../src/domain/limits.ts";
import { parseApiKey } from "../../src/domain/protocol/api-key.ts";
import { CONFLICT_REASONS } from "../../src/domain/protocol/conflict.ts";
import { PROBLEM_STATUS } from "../../src/domain/protocol/error-code.ts";
import { PROTOCOL_VERSION } from "../../src/domain/protocol/protocol-version.ts";
import { canonicalJson, contentHash, tombstoneHash } from "../../src/domain/versions/canonical.ts";
import { fencedBlocks, readDocument, tableRows } from "../helpers/project/document.ts";
import { serverRoutes } from "../helpers/server/server-routes.ts";

const page = readDocument("docs/protocol.md");
const blocks = fencedBlocks(page);
const blockOf = (marker: string) => blocks.find((block) => block.marker === marker)!.text;
const inlineOf = (marker: string) => new RegExp(`<!-- ${marker} -->\`([^\`]+)\``).exec(page)![1];

describe("the examples of the protocol's page", () => {
  const examples = blocks.filter(({ language }) => language === "json");

  test.each(examples.map(({ marker, text }) => [marker, text]))("%s is what is played", (marker, text) => {
    if (marker === "canonical: MoodEntry") return; // has a test of its own
    const [, name, part] = /^example: ([\w-]+) (request|response)$/.exec(marker!)!;
    const exchange = EXCHANGES.find((candidate) => candidate.name === name)!;
    expect(JSON.parse(text!)).toEqual(exchange[part as "request" | "response"]);
  });

  test("are found", () => expect(examples.length).toBeGreaterThan(20));

  test("show a key of the form that is described", () => {
    const { response } = EXCHANGES.find(({ name }) => name === "create-key")!;
    expect(parseApiKey((response as { api_key: string }).api_key)).not.toBeNull();
  });
});

describe("the worked example of the content hash", () => {
  // SHA-256 of the bytes on the page, so that they are checked without our own canonical form.
  const hashOfBlock = (marker: string) =>
    createHash("sha256").update(blockOf(marker).trimEnd()).digest("hex").slice(0, 16);

  test("is what the program computes for an entity", () => {
    const parsed = parseEntity("MoodEntry", JSON.parse(blockOf("canonical: MoodEntry")));
    if (parsed.status !== "valid") throw new Error(parsed.detail);
    expect(canonicalJson(parsed.entity)).toBe(blockOf("canonical form").trimEnd());
    expect(inlineOf("canonical hash")).toBe(hashOfBlock("canonical form"));
    expect(contentHash(parsed.entity)).toBe(hashOfBlock("canonical form"));
  });

  test("is what the program computes for a tombstone", () => {
    const { id, updated_at } = JSON.parse(blockOf("tombstone form"));
    expect(inlineOf("tombstone hash")).toBe(hashOfBlock("tombstone form"));
    expect(tombstoneHash("MoodEntry", id, updated_at)).toBe(hashOfBlock("tombstone form"));
  });

  test("has a neighbour for ids made from names", () => {
    expect(page).toContain(`\`Activity:running\` gives \`${activityId("  RUNNING ")}\``);
    expect(page.replaceAll("\n", " ")).toContain(`\`Schedule:PHQ-9\` gives \`${scheduleId("PHQ-9")}\``);
  });
});

describe("the tables of the protocol's page", () => {
  test.each(ENTITY_TYPES)("%s has exactly these fields", (entityType) => {
    const rows = tableRows(page, entityType, "rule");
    expect(rows.map(([name]) => name)).toEqual([...Object.keys(ENTITY_FIELDS[entityType]), "metadata"]);
    for (const [name, rule] of rows.slice(0, -1)) {
      const field = ENTITY_FIELDS[entityType][name!]!;
      expect([name, rule!.startsWith("**opt**")]).toEqual([name, field.optional ?? false]);
      expect([name, rule!.startsWith("**null**")]).toEqual([name, field.rule(null) === null]);
    }
  });

  test("every reason of a conflict is in the merge table, and no other", () => {
    const results = tableRows(page, "the server has").map(([, , result]) => /`(\w+)`/.exec(result!)?.[1]);
    expect(results.filter(Boolean).sort()).toEqual([...CONFLICT_REASONS].sort());
  });

  test("every problem code is listed with its status", () => {
    const rows = tableRows(page, "status", "code").map(([status, code]) => [code, Number(status)]);
    expect(Object.fromEntries(rows)).toEqual(PROBLEM_STATUS);
  });

  test("every route has its place", () => {
    const pages = `${page}\n${readDocument("docs/sealed-accounts.md")}`;
    const headings = pages.split("\n").filter((line) => line.startsWith("### "));
    const described = headings.flatMap((line) =>
      [...line.matchAll(/`([A-Z]+ \/\S+)`/g)].map(([, route]) => route),
    );
    expect(described.sort()).toEqual(
      serverRoutes()
        .map(({ method, path }) => `${method} ${path}`)
        .sort(),
    );
  });

  test("the limits are those of the program", () => {
    const numbers = tableRows(page, "what", "limit").map(([what, limit]) => [
      what,
      [...limit!.matchAll(/[\d,]*\d/g)].map(([digits]) => Number(digits.replaceAll(",", ""))),
    ]);
    expect(Object.fromEntries(numbers)).toMatchObject({
      "request body, after decompression": [limits.MAX_BODY_BYTES],
      "nesting of a body": [limits.MAX_BODY_DEPTH],
      "items and fields of one list or object of a body, and of all together": [
        limits.MAX_BODY_ITEMS,
        limits.MAX_BODY_VALUES,
      ],
      "changes in one upload": [limits.MAX_UPLOAD_CHANGES],
      "changes of one entity in one upload": [limits.MAX_CHANGES_OF_ONE_ENTITY],
      "versions that stand of what one upload names, and those that its conflicts repeat": [
        limits.MAX_STANDING_BYTES,
      ],
      "versions in one page of a history": [limits.MAX_VERSIONS_OF_PAGE],
      "changes in one page": [limits.DEFAULT_PAGE_CHANGES, limits.MAX_PAGE_CHANGES],
      "size at which a page ends early": [limits.MAX_PAGE_BYTES],
      "lead of an `updated_at` over the server's clock": [limits.MAX_CLOCK_LEAD_MS],
      cursor: [limits.MAX_CURSOR_CHARACTERS],
      "unknown fields of one entity": [limits.MAX_EXTRA_BYTES, limits.MAX_EXTRA_DEPTH],
      "requests of one account": [DEFAULT_LIMITS.requestsPerMinute, MAX_UNDER_WAY],
      "bodies and answers of one account on their way": [MAX_ACCOUNT_TRANSFER_BYTES],
      "requests without a key of one address": [REQUESTS_WITHOUT_KEY_PER_MINUTE],
      "failed keys of one address": [DEFAULT_LIMITS.failuresPerMinute],
    });
  });

  test("the page is about this version", () => {
    expect(page).toContain(`protocol version ${PROTOCOL_VERSION}.`);
  });
});

test("every link inside the page leads to a heading", () => {
  const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
  for (const [, anchor] of page.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(anchor);
});
