const dayMs = 86_400_000;

/** The local date so many days from now. */
export const inDays = (days: number): string =>
  new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);

/** A weekly rhythm whose first check-in is open on whatever day the test runs: due the day after tomorrow. */
export function openRhythm() {
  const weekday = new Date(Date.now() + 2 * dayMs).getUTCDay();
  return { cadence: 'weekly', weekday: weekday === 0 ? 7 : weekday, time: '10:00', closeOn: inDays(80) };
}
