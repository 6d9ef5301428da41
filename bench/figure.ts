/** One measured figure, what it is compared to, and the limit that it must keep. */
export interface Figure {
  name: string;
  /** The figure and what it was compared to, in words with units. */
  measured: string;
  limit: string;
  isWithinLimit: boolean;
}

/** `subject` at most `limit` times `reference`, both in ms. */
export function ratioFigure(options: {
  name: string;
  subjectMs: number;
  referenceMs: number;
  reference: string;
  limit: number;
}): Figure {
  const { name, subjectMs, referenceMs, reference, limit } = options;
  const ratio = subjectMs / referenceMs;
  return {
    name,
    measured: `${ratio.toFixed(2)} × (${subjectMs.toFixed(0)} ms against ${referenceMs.toFixed(0)} ms for ${reference})`,
    limit: `${limit} ×`,
    isWithinLimit: ratio <= limit,
  };
}

/** A wall time at most `limitMs`. */
export function timeFigure(name: string, wallMs: number, limitMs: number): Figure {
  return {
    name,
    measured: `${(wallMs / 1000).toFixed(2)} s`,
    limit: `${limitMs / 1000} s`,
    isWithinLimit: wallMs <= limitMs,
  };
}

/** Peak memory at most `limitMb` above a bare Node process. */
export function memoryFigure(name: string, peakBytes: number, bareBytes: number, limitMb: number): Figure {
  const above = (peakBytes - bareBytes) / 1e6;
  return {
    name,
    measured: `${above.toFixed(0)} MB above node -e 0 (${(peakBytes / 1e6).toFixed(0)} against ${(bareBytes / 1e6).toFixed(0)} MB)`,
    limit: `${limitMb} MB`,
    isWithinLimit: above <= limitMb,
  };
}

/** Prints each figure; one over its limit lets the process end with an error. */
export function report(figures: readonly Figure[]): void {
  for (const { name, measured, limit, isWithinLimit } of figures) {
    process.stdout.write(`${isWithinLimit ? "ok  " : "OVER"}  ${name}: ${measured}; at most ${limit}\n`);
    if (!isWithinLimit) process.exitCode = 1;
  }
}
