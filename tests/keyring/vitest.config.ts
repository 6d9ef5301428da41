import { defineConfig } from "vitest/config";

/** Needs Debian's gnome-keyring and dbus: `npm run test:keyring`. Not part of the default tests. */
export default defineConfig({
  test: { include: ["tests/keyring/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
});
