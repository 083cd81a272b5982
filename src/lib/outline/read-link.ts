/** A link as a person types it, ready for the board: with https:// when no scheme was given; null for nothing. */
export function readLink(text: string): string | null {
  const typed = text.trim();
  if (typed === '') return null;
  return /^[a-z][a-z\d+.-]*:/iu.test(typed) ? typed : `https://${typed}`;
}

/** What is wrong with a typed link; undefined when nothing is. Only web and mail addresses may be stored. */
export function linkFault(text: string): string | undefined {
  const link = readLink(text);
  if (link === null) return undefined;
  const { protocol } = URL.canParse(link) ? new URL(link) : { protocol: '' };
  if (['http:', 'https:', 'mailto:'].includes(protocol)) return undefined;
  return 'This is not a web address. It should look like https://example.org/page.';
}
