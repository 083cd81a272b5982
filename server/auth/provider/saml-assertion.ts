import { z } from 'zod';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { ProvenIdentity } from './identity-provider.ts';

/** The only names that stay one person's: an address or a login may be given to somebody else. */
export const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
/** Clocks of two servers differ by so much at most. */
export const SKEW_MS = 30_000;

/** What an answer must be made for. */
export interface Expected {
  readonly issuer: string;
  readonly requestId: string;
  /** Our address for answers. */
  readonly recipient: string;
  readonly now: number;
}

export interface ReadAssertion {
  readonly identity: ProvenIdentity;
  /** What it is remembered by, and how long it would be good. */
  readonly once: { readonly id: string; readonly goodUntil: number };
}

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const one = <T extends z.ZodType>(shape: T) => z.tuple([shape]).transform(([only]) => only);
const words = z.object({ _: z.string() }).transform(({ _ }) => _.trim());

/** An assertion as the library hands over the signed part: elements as lists, attributes under `$`, text under `_`. */
const shape = z.object({
  Assertion: z.object({
    $: z.object({ ID: z.string().min(1).max(500), Version: z.literal('2.0') }),
    Issuer: one(words),
    Subject: one(
      z.object({
        NameID: one(
          z.object({
            _: z.string().min(1).max(1000),
            $: z.object({ Format: z.string().optional(), NameQualifier: z.string().optional() }).default({}),
          }),
        ),
        SubjectConfirmation: z
          .array(
            z.object({
              $: z.object({ Method: z.string() }),
              SubjectConfirmationData: one(
                z.object({
                  $: z.object({
                    Recipient: z.string(),
                    InResponseTo: z.string(),
                    NotOnOrAfter: time,
                    NotBefore: time.optional(),
                  }),
                }),
              ),
            }),
          )
          .min(1),
      }),
    ),
    AuthnStatement: z.array(z.unknown()).min(1),
    AttributeStatement: z
      .array(
        z.object({
          Attribute: z
            .array(
              z.object({
                $: z.object({ Name: z.string() }),
                AttributeValue: z.array(z.unknown()).default([]),
              }),
            )
            .default([]),
        }),
      )
      .default([]),
  }),
});

const not = (why: string) => refused('not-proven', why);

/**
 * Who a signed assertion says somebody is, when it was made by this provider for this request and this address, now. Its
 * signature, audience and conditions were checked before.
 */
export function readAssertion(signed: unknown, expected: Expected): Outcome<ReadAssertion> {
  const read = shape.safeParse(signed);
  if (!read.success)
    return not(`The assertion lacks ${read.error.issues[0]?.path.join('.') ?? 'something'}.`);
  const { Assertion: assertion } = read.data;
  const { Subject: subject, Issuer: issuer } = assertion;
  if (issuer !== expected.issuer) return not(`The assertion is of ${issuer.slice(0, 200)}.`);
  const confirmed = subject.SubjectConfirmation.find(
    ({ $: { Method }, SubjectConfirmationData: { $: data } }) =>
      Method === bearer &&
      data.Recipient === expected.recipient &&
      data.InResponseTo === expected.requestId &&
      expected.now - SKEW_MS < data.NotOnOrAfter &&
      (data.NotBefore === undefined || expected.now + SKEW_MS >= data.NotBefore),
  );
  if (confirmed === undefined) return not('The assertion was made for another request, address or time.');
  const { _: name, $: about } = subject.NameID;
  if (about.Format !== persistent) {
    return refused(
      'not-persistent',
      'Your identity provider names you by something that may change. Its administrator must send a NameID of the format persistent; tell whoever runs this server.',
    );
  }
  if (about.NameQualifier !== undefined && about.NameQualifier !== expected.issuer) {
    return not('The name is another provider’s.');
  }
  const said = attributesOf(assertion.AttributeStatement);
  const both = [said(given), said(family)].filter(Boolean).join(' ');
  return allowed({
    identity: {
      ...{ issuer, subject: name, email: said(email), emailVerified: said(email) !== null },
      name: said(display) ?? (both || null),
    },
    once: {
      id: assertion.$.ID,
      goodUntil: confirmed.SubjectConfirmationData.$.NotOnOrAfter + SKEW_MS,
    },
  });
}

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
// As Okta, Entra, Google, Keycloak and the directories behind Shibboleth call them.
const email = ['email', 'mail', `${claims}/emailaddress`, 'urn:oid:0.9.2342.19200300.100.1.3'];
const display = [
  ...['displayName', 'name', 'http://schemas.microsoft.com/identity/claims/displayname'],
  'urn:oid:2.16.840.1.113730.3.1.241',
];
const given = ['firstName', 'givenName', `${claims}/givenname`, 'urn:oid:2.5.4.42'];
const family = ['lastName', 'surname', 'sn', `${claims}/surname`, 'urn:oid:2.5.4.4'];

type Statements = z.output<typeof shape>['Assertion']['AttributeStatement'];

/** The first text under one of several names. */
function attributesOf(statements: Statements): (names: readonly string[]) => string | null {
  const all = statements.flatMap(({ Attribute }) => Attribute);
  return (names) => {
    for (const name of names) {
      const [first] = all.find((it) => it.$.Name === name)?.AttributeValue ?? [];
      const read = words.safeParse(first);
      if (read.success && read.data !== '') return read.data;
    }
    return null;
  };
}
