import { connect } from "node:net";

const PROBE_TIMEOUT_MS = 5_000;

/** Whether something accepts connections where the server should be. Nothing is sent: a sync finds out the rest. */
export function isServerListening(endpointUrl: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(endpointUrl);
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port) || (protocol === "https:" ? 443 : 80),
      timeout: PROBE_TIMEOUT_MS,
    });
    const finish = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.on("connect", () => finish(true));
    socket.on("timeout", () => finish(false)).on("error", () => finish(false));
  });
}
