/** Said where no mood was ever logged. */
export const NO_MOODS = "Nothing yet. `moodsync log mood 4` begins.";
