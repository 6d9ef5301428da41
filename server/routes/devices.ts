import { z } from "zod";
import { labelRule } from "../../src/domain/field-rules.ts";
import { isUuid } from "../../src/domain/identifiers.ts";
import { labelDevice, listDevices } from "../db/devices.ts";
import type { Database } from "../db/pool.ts";
import { Problem } from "../http/problem.ts";
import { parseBody } from "../http/request-schema.ts";
import type { Route } from "../router.ts";

const DeviceLabel = z.looseObject({
  label: z
    .string()
    .refine((label) => labelRule(label) === null)
    .nullable(),
});

/** The devices of the caller's account. */
export function deviceRoutes({ db }: { db: Database }): Route[] {
  return [
    {
      method: "GET",
      pattern: "/v1/devices",
      answer: async ({ caller }) => ({
        status: 200,
        body: { devices: await listDevices(db, caller.userId) },
      }),
    },
    {
      method: "PUT",
      pattern: "/v1/devices/{id}",
      answer: async ({ caller, parameters: { id }, body }) => {
        if (!isUuid(id)) throw new Problem("malformed", "The device's id must be a UUID in lower case.");
        const { label } = parseBody<{ label: string | null }>(DeviceLabel, body);
        return { status: 200, body: await labelDevice(db, { userId: caller.userId, id, label }) };
      },
    },
  ];
}
