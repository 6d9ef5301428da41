import { defineConfig } from "vitest/config";

/** `unit` needs nothing but Node; `pg` talks to a real PostgreSQL; `e2e` runs the built program. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/**/*.pg.test.ts", "tests/e2e/**"],
        },
      },
    ],
  },
});
