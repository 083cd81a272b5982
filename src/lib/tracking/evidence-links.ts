import { safeLink } from './safe-link.ts';

/** Something that was given as evidence: followed when it is a link that may be, else read. */
export interface Evidence {
  readonly text: string;
  readonly href: string | null;
  readonly name: string;
}

/**
 * What somebody gave as evidence. Several links are separated by spaces, and each is named by its site; words that are no
 * link stay one text, as they were typed.
 */
export function evidenceLinks(given: string): readonly Evidence[] {
  const parts = [...new Set(given.trim().split(/\s+/))];
  const links = parts.map((text) => ({ text, href: safeLink(text) }));
  if (links.some(({ href }) => href === null)) return [{ text: given.trim(), href: null, name: '' }];
  const [only, ...more] = links;
  if (only === undefined || more.length === 0) return links.map((it) => ({ ...it, name: 'Evidence' }));
  return links.map((it, index) => ({ ...it, name: `Evidence ${index + 1} (${new URL(it.text).host})` }));
}
