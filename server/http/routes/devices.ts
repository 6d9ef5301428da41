import {
  DeviceLabelRequest,
  DeviceListResponse,
  RegisteredDevice,
} from "../../../src/domain/protocol/registered-device.ts";
import type { Quotas } from "../../accounts/quotas.ts";
import { labelDevice, listDevices } from "../../db/devices.ts";
import type { Database } from "../../db/pool.ts";
import { uuid } from "../check-request.ts";
import { Problem, quotaExceeded } from "../problem.ts";
import { type Route, route } from "../route.ts";

/** The devices of the caller's account. */
export function deviceRoutes({ db, quotas }: { db: Database; quotas: Quotas }): Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/devices",
      summary: "The devices of the account, oldest first.",
      parts: { RegisteredDevice },
      success: { status: 200, description: "All devices.", body: { DeviceListResponse } },
      problems: [],
      answer: async ({ caller }) => ({ body: { devices: await listDevices(db, caller.userId) } }),
    }),
    route({
      method: "PUT",
      path: "/v1/devices/{id}",
      summary: "Register a device, or give it another label.",
      parameters: { id: uuid(notAnId) },
      request: { DeviceLabelRequest },
      success: { status: 200, description: "The device.", body: { RegisteredDevice } },
      problems: ["quota_exceeded"],
      answer: async ({ caller, parameters: { id }, body: { label } }) => {
        const device = await labelDevice(db, { ...caller, id, label, quota: quotas.devices });
        if (device === null) throw quotaExceeded("many devices");
        return { body: device };
      },
    }),
  ];
}

function notAnId(): Problem {
  return new Problem("malformed", "The device's id must be a UUID in lower case.");
}
