// Loaded into the program with --require: its clock begins at CLOCK_BEGINS (ms since 1970) and goes a millisecond further
// each time that it is read, so that what it shows is the same in every run.
let nowMs = Number(process.env.CLOCK_BEGINS);
Date.now = () => nowMs++;
