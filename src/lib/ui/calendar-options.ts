/** Months by number, named in the reader's language. */
export function monthOptions(locale: string): readonly { value: string; label: string }[] {
  const name = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => ({
    value: String(month + 1),
    label: name.format(Date.UTC(2024, month, 1)),
  }));
}

/** Weekdays by ISO number (1 = Monday), named in the reader's language. */
export function weekdayOptions(locale: string): readonly { value: string; label: string }[] {
  const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, day) => ({
    value: String(day + 1),
    label: name.format(Date.UTC(2024, 0, day + 1)),
  }));
}
