const MINUS = "−";

/** One decimal: "3.1". */
export function oneDecimal(value: number): string {
  return (Math.round(value * 10) / 10 + 0).toFixed(1);
}

/** A level or a median: whole where it is whole, "3" or "3.5". */
export function shortNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : oneDecimal(value);
}

/** With its sign: "+0.6", "−0.5"; two decimals where one would print 0.0, and no sign for nothing at all. */
export function signed(value: number): string {
  const size = Math.abs(value);
  const text = size < 0.05 ? size.toFixed(2) : oneDecimal(size);
  return Number(text) === 0 ? "0.0" : `${value < 0 ? MINUS : "+"}${text}`;
}

/** A share of 0 to 1: "91 %". */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A p value: "0.41", and "under 0.01". */
export function pWords(p: number): string {
  return p < 0.01 ? "under 0.01" : p.toFixed(2);
}

/** "1 day", "2 days". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A figure in JSON: to four decimals, which is more than it is worth. */
export function jsonNumber(value: number): number {
  return Math.round(value * 10_000) / 10_000 + 0;
}

/** A whole number with its sign; "0" without. */
export function signedWhole(value: number): string {
  return value === 0 ? "0" : `${value < 0 ? MINUS : "+"}${Math.abs(value)}`;
}

/** A size of a file: "340 kB", "3.1 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} kB`;
  return bytes < 1e9 ? `${oneDecimal(bytes / 1e6)} MB` : `${oneDecimal(bytes / 1e9)} GB`;
}
