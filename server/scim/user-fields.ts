import { z } from 'zod';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { email, line, parse } from '../organisations/input.ts';
import { noSuchPath, type Change } from './patch.ts';
import { attributeOf } from './filter.ts';

/** What a directory says of a user, as far as it is kept here. */
export interface UserFields {
  readonly userName: string;
  readonly externalId: string | null;
  /** What people read. */
  readonly name: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly email: string;
  readonly active: boolean;
}

/** What one request says; a field that is absent stays as it is, null is nothing. */
type Said = { -readonly [F in keyof UserFields]?: UserFields[F] | null } & { formatted?: string | null };

const part = (what: string) => line(what, 120).nullable();
const shape = z.object({
  userName: line('a userName', 254),
  externalId: line('an externalId', 254).nullable(),
  name: line('a displayName', 120),
  givenName: part('a givenName'),
  familyName: part('a familyName'),
  email: email.transform((text) => text.toLowerCase()),
  active: z.boolean(),
});

/** Of these nothing is kept: they are neither refused nor looked at. A password least of all. */
const unkept = new Set(
  'schemas id meta groups nickname title usertype preferredlanguage locale timezone profileurl password phonenumbers addresses photos ims roles entitlements x509certificates name.middlename name.honorificprefix name.honorificsuffix emails.type emails.primary emails.display'.split(
    ' ',
  ),
);

/** The user of a POST or PUT. What the whole resource does not say is not there, but state and address stay. */
export function readUser(body: unknown, before: UserFields | null): Outcome<UserFields> {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    return refused('invalid-syntax', 'Send a User as a JSON object.');
  }
  const said: Said = { externalId: null, givenName: null, familyName: null };
  for (const [name, value] of Object.entries(body)) {
    const change = { op: 'replace', attribute: attributeOf(name), only: null, value } as const;
    const taken = take(said, change);
    // What a whole resource holds beyond our schema is left out; only a PATCH names single attributes.
    if (!taken.ok && taken.refusal.code !== 'invalid-path') return taken;
  }
  return settle(said, before);
}

/** The user after the changes of a PATCH. */
export function changeUser(before: UserFields, changes: readonly Change[]): Outcome<UserFields> {
  const said: Said = {};
  for (const change of changes) {
    const taken = take(said, change);
    if (!taken.ok) return taken;
  }
  return settle(said, before);
}

function settle(said: Said, before: UserFields | null): Outcome<UserFields> {
  const userName = said.userName === undefined ? before?.userName : said.userName;
  const given = said.givenName === undefined ? before?.givenName : said.givenName;
  const family = said.familyName === undefined ? before?.familyName : said.familyName;
  const renamed = said.givenName !== undefined || said.familyName !== undefined;
  const both = [given, family].filter(Boolean).join(' ');
  const address = said.email ?? before?.email ?? (userName?.includes('@') === true ? userName : undefined);
  return parse(shape, {
    userName: userName ?? '',
    externalId: said.externalId === undefined ? (before?.externalId ?? null) : said.externalId,
    name: said.name ?? said.formatted ?? ((renamed && both) || (before?.name ?? userName ?? '')),
    givenName: given ?? null,
    familyName: family ?? null,
    email: address ?? '',
    active: said.active ?? before?.active ?? true,
  });
}

const wrong = (attribute: string, asked: string) =>
  refused('invalid-input', `${attribute} is not right: ${asked}.`, { path: attribute });

type TextField = 'userName' | 'externalId' | 'name' | 'formatted' | 'givenName' | 'familyName';
const textFields: ReadonlyMap<string, TextField> = new Map([
  ['username', 'userName'],
  ['externalid', 'externalId'],
  ['displayname', 'name'],
  ['name.formatted', 'formatted'],
  ['name.givenname', 'givenName'],
  ['name.familyname', 'familyName'],
]);

function take(said: Said, change: Change): Outcome<true> {
  const { op, attribute, value } = change;
  const isGone = op === 'remove' || value === null || value === undefined;
  const field = textFields.get(attribute);
  if (field !== undefined) {
    if (!isGone && typeof value !== 'string') return wrong(attribute, 'it is a text');
    const words = isGone || typeof value !== 'string' ? null : value.trim() || null;
    if (field === 'userName' && words === null) return wrong(attribute, 'it must be there');
    said[field] = words;
    return allowed(true);
  }
  if (attribute === 'name' || attribute.startsWith('emails')) return takeInner(said, change, isGone);
  if (attribute === 'active') {
    // Entra sends "True" and "False" as texts.
    const words = String(value).toLowerCase();
    if (isGone || (words !== 'true' && words !== 'false')) return wrong(attribute, 'it is true or false');
    said.active = words === 'true';
    return allowed(true);
  }
  const [group = ''] = attribute.split('.');
  return unkept.has(attribute) || unkept.has(group) || attribute.startsWith('urn:')
    ? allowed(true)
    : noSuchPath(attribute);
}

/** A name or addresses given whole, or the one address. */
function takeInner(said: Said, { op, attribute, value }: Change, isGone: boolean): Outcome<true> {
  if (attribute === 'name') {
    if (isGone) Object.assign(said, { givenName: null, familyName: null });
    else if (typeof value !== 'object' || value === null) return wrong(attribute, 'it is an object');
    else {
      for (const [inner, words] of Object.entries(value)) {
        const taken = take(said, { op, attribute: `name.${inner.toLowerCase()}`, only: null, value: words });
        if (!taken.ok && taken.refusal.code !== 'invalid-path') return taken;
      }
    }
    return allowed(true);
  }
  if (unkept.has(attribute)) return allowed(true);
  if (attribute !== 'emails' && attribute !== 'emails.value') return noSuchPath(attribute);
  // The address invites and finds people: without another one it stays.
  if (isGone) return allowed(true);
  const address = typeof value === 'string' ? value : workAddress(Array.isArray(value) ? value : [value]);
  if (address === null) return wrong('emails', 'it is a list of objects, each with a value');
  if (address !== '') said.email = address;
  return allowed(true);
}

const addresses = z.array(
  z.object({ value: z.string(), type: z.string().nullish(), primary: z.unknown().optional() }),
);

/** The address to write to: the primary one, that of work, or the first; '' when there is none. */
function workAddress(list: readonly unknown[]): string | null {
  const read = addresses.safeParse(list);
  if (!read.success) return null;
  const isPrimary = ({ primary }: { primary?: unknown }) => String(primary).toLowerCase() === 'true';
  const chosen = read.data.find(isPrimary) ?? read.data.find(({ type }) => type === 'work') ?? read.data[0];
  return chosen?.value ?? '';
}
