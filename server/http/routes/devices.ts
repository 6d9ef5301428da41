import { isUuid } from "../../../src/domain/identifiers.ts";
import { DeviceLabelRequest } from "../../../src/domain/protocol/registered-device.ts";
import type { Quotas } from "../../accounts/quotas.ts";
import { labelDevice, listDevices } from "../../db/devices.ts";
import type { Database } from "../../db/pool.ts";
import { Problem, quotaExceeded } from "../problem.ts";
import { parseBody } from "../request-schema.ts";
import type { Route } from "../router.ts";

/** The devices of the caller's account. */
export function deviceRoutes({ db, quotas }: { db: Database; quotas: Quotas }): Route[] {
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
        const { label } = parseBody<DeviceLabelRequest>(DeviceLabelRequest, body);
        const device = await labelDevice(db, { ...caller, id, label, quota: quotas.devices });
        if (device === null) throw quotaExceeded("many devices");
        return { status: 200, body: device };
      },
    },
  ];
}
