import { allowed, refused, type Outcome } from '#domain/outcome.ts';

/** One comparison of a filter: all of them must hold. */
export interface Term {
  /** Small letters, without the schema's urn: `username`, `emails.value`, `members.value`. */
  readonly attribute: string;
  readonly value: string;
}

const urn = /^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/i;
const term =
  /^([A-Za-z$][\w.:$-]*)(?:\[([^\]]*)\])?((?:\.\w+)?)\s+(\w+)\s+("(?:[^"\\]|\\.)*"|true|false|\d+)\s*(?:and\s+(?=\S)|$)/i;

const notTaken = (filter: string) =>
  refused(
    'invalid-filter',
    `This filter is not taken: ${filter.slice(0, 200)}. Compare with eq, as in userName eq "ana@example.org", joined by and.`,
  );

/** Reads the filters that directories send (RFC 7644 3.4.2.2): comparisons with `eq`, joined by `and`. */
export function readFilter(filter: string, attributes: readonly string[]): Outcome<readonly Term[]> {
  const terms: Term[] = [];
  let rest = filter.trim();
  if (rest === '' || rest.length > 1000) return notTaken(filter);
  while (rest !== '') {
    const found = term.exec(rest);
    if (found === null) return notTaken(filter);
    const [whole, name = '', within, sub = '', operator = '', value = ''] = found;
    // `emails[type eq "work"].value`: there is one address, which is that of work.
    if (within !== undefined && !/^type\s+eq\s+"work"$/i.test(within.trim())) return notTaken(filter);
    const attribute = aliases.get(attributeOf(name + sub)) ?? attributeOf(name + sub);
    if (operator.toLowerCase() !== 'eq' || !attributes.includes(attribute)) return notTaken(filter);
    const text = textOf(value);
    if (text === null) return notTaken(filter);
    terms.push({ attribute, value: text });
    rest = rest.slice(whole.length);
  }
  return allowed(terms);
}

const aliases: ReadonlyMap<string, string> = new Map([
  ['emails', 'emails.value'],
  ['members', 'members.value'],
]);

/** An attribute's name as it is compared: without the schema's urn, in small letters. */
export const attributeOf = (name: string): string => name.replace(urn, '').toLowerCase();

/** What a filter or a path says between its quotes; null when it is none. */
export function textOf(value: string): string | null {
  try {
    return String(JSON.parse(value));
  } catch {
    return null;
  }
}
