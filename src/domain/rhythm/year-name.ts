/** `2026` for a calendar year, `FY2027` for one that crosses New Year, by the side it is named for. */
export function nameYear(startsIn: number, endsIn: number, labelYear: 'ends' | 'starts'): string {
  if (startsIn === endsIn) return String(endsIn);
  return `FY${labelYear === 'ends' ? endsIn : startsIn}`;
}
