/** The time zone of this process: minutes east of UTC that hold at an instant. */
export function systemZone(ms: number): number {
  return 0 - new Date(ms).getTimezoneOffset();
}
