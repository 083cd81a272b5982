/** The first language of an Accept-Language header that dates can be written in; British English when there is none. */
export function localeOf(header: string | null): string {
  for (const entry of (header ?? '').slice(0, 400).split(',')) {
    const tag = entry.split(';')[0]?.trim() ?? '';
    if (tag === '' || tag === '*') continue;
    try {
      const known = Intl.DateTimeFormat.supportedLocalesOf(tag)[0];
      if (known !== undefined) return known;
    } catch {
      // Not a language tag: the next one may be.
    }
  }
  return 'en-GB';
}
