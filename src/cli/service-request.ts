import { userInfo } from "node:os";
import { planService, type ServicePlan } from "../daemon/service/service-plan.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { userDirectory } from "../local/storage/home.ts";
import type { Context } from "./context.ts";
import { settingsOf } from "./preferences.ts";

/** The service files for this user on this system. Throws a `failure` where moodsync knows no services of the system. */
export function servicePlanFor(context: Context, kind: "daemon" | "timer"): ServicePlan {
  const { env, program } = context;
  const { uid, username } = userInfo();
  const request = {
    program,
    kind,
    intervalMinutes: settingsOf(context)["sync.interval"],
    env,
    homeDirectory: userDirectory(env),
    uid,
    userName: username,
  };
  const plan = planService(request, process.platform);
  if (plan) return plan;
  throw new MoodsyncError("failure", "moodsync cannot install a service on this system.", {
    hint: "Have the system run `moodsync sync --quiet` at intervals; see docs/automatic-sync.md.",
  });
}
