import {
  DeviceLabelRequest,
  DeviceListResponse,
  RegisteredDevice,
} from "../../../src/domain/protocol/registered-device.ts";
import {
  decodeEnvelope,
  envelopeProblem,
  readEnvelopeHeader,
  SEAL_FORMAT,
} from "../../../src/domain/protocol/sealed-envelope.ts";
import type { Quotas } from "../../accounts/quotas.ts";
import { type DeviceLabel, labelDevice, listDevices } from "../../db/devices.ts";
import type { Database } from "../../db/pool.ts";
import { readSealing } from "../../db/sealing.ts";
import { uuid } from "../check-request.ts";
import { generationChanged, Problem, quotaExceeded, sealedAccount } from "../problem.ts";
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
      problems: ["generation_changed", "sealed_account", "quota_exceeded"],
      answer: async ({ caller, parameters: { id }, body }) => {
        const label = readLabel(body);
        const outcome = await labelDevice(db, { ...caller, id, ...label, quota: quotas.devices });
        if (outcome.status === "labelled") return { body: outcome.device };
        if (outcome.status === "too_many") throw quotaExceeded("many devices");
        throw label.sealed ? generationChanged(await readSealing(db, caller.userId)) : sealedAccount();
      },
    }),
  ];
}

/** Throws a `Problem` for a name that is both in the clear and sealed, and for an envelope that is none. */
function readLabel({ label, sealed_label: sealed = null }: DeviceLabelRequest): DeviceLabel {
  if (sealed === null) return { label, sealed };
  if (label !== null) throw new Problem("malformed", "label must be null beside a sealed_label.");
  const envelope = decodeEnvelope(sealed);
  const generation = envelope && readEnvelopeHeader(envelope)?.generation;
  const expected = { format: SEAL_FORMAT, generation: generation ?? 0, deleted: false };
  if (!envelope || envelopeProblem(envelope, expected) !== null) {
    throw new Problem("malformed", "sealed_label must be an envelope in base64.");
  }
  return { label, sealed: { label: sealed, generation: expected.generation } };
}

function notAnId(): Problem {
  return new Problem("malformed", "The device's id must be a UUID in lower case.");
}
