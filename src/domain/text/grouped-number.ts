/** A whole number with its thousands apart: "12,345". The first `toLocaleString` of a process takes 8 MB and some ms. */
export function groupedNumber(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
