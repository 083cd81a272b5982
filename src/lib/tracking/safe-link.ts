/**
 * A link somebody wrote, if it may be followed: http or https, else null. What was typed is shown as text then, so that
 * `javascript:` and its kin never become an address.
 */
export function safeLink(link: string): string | null {
  if (!URL.canParse(link)) return null;
  const { protocol, href } = new URL(link);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
