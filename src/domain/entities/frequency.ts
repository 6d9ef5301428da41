/** How often a scheduled assessment comes round. */
export const FREQUENCIES = ["Daily", "Weekly", "Biweekly", "Monthly"] as const;

export type Frequency = (typeof FREQUENCIES)[number];
