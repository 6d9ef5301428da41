/** How often a scheduled assessment is due. */
export const FREQUENCIES = ["Daily", "Weekly", "Biweekly", "Monthly"] as const;

export type Frequency = (typeof FREQUENCIES)[number];
