import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** All that a run leaves in temporary directories goes with this one. PostgreSQL, which root runs as another user,
 *  may pass through it. */
const temporary = mkdtempSync(join(tmpdir(), "moodsync-tests-"));
chmodSync(temporary, 0o711);
process.env.TMPDIR = temporary;
process.once("exit", () => rmSync(temporary, { recursive: true, force: true }));

/** `unit` needs nothing but Node; `planted-bugs` breaks the product on purpose and sees the simulation notice;
 *  `pg` talks to a real PostgreSQL; `e2e` runs the built program.
 *  TEST_RESULTS_FILE names a file that takes the results as JSON beside the usual report. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: process.env.TEST_RESULTS_FILE
      ? ["default", ["json", { outputFile: process.env.TEST_RESULTS_FILE }]]
      : ["default"],
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/**/*.test.ts"],
          exclude: [
            "tests/**/*.pg.test.ts",
            "tests/e2e/**",
            "tests/faults/**",
            "tests/keyring/**",
            "tests/simulation/planted-bugs/**",
          ],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "planted-bugs",
          include: ["tests/simulation/planted-bugs/*.test.ts"],
          testTimeout: 300_000,
        },
      },
      {
        test: {
          name: "pg",
          include: ["tests/**/*.pg.test.ts"],
          exclude: ["tests/e2e/**"],
          globalSetup: ["tests/helpers/postgres/postgres-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts", "tests/faults/*.test.ts"],
          globalSetup: [
            "tests/helpers/postgres/postgres-setup.ts",
            "tests/helpers/program/installed-package.ts",
          ],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
