import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import type { Answered, Lie } from '../support/saml-provider.ts';
import { openSamlWorld, person, signingIn, type SamlWorld } from './saml-world.ts';
import { given, letIn, minute, refusalOf, type World } from './world.ts';

let saml: SamlWorld;
let world: World;
let ana: Viewer;
beforeAll(async () => {
  saml = await openSamlWorld();
  world = saml.world;
});
beforeEach(async () => {
  await saml.fresh();
  ana = saml.ana;
});
afterAll(() => saml.close());

const come: SamlWorld['come'] = (...of) => saml.come(...of);
const finish: SamlWorld['finish'] = (...of) => saml.finish(...of);
const link: SamlWorld['link'] = (...of) => saml.link(...of);

const now = () => Date.now();
const says =
  (said: () => Partial<Answered>): (() => Lie) =>
  () => ({ says: said() });
const then =
  (change: (xml: string) => string): (() => Lie) =>
  () => ({ then: change });
const signedPart = (xml: string): string => /<saml:Assertion.*<\/saml:Assertion>/s.exec(xml)?.[0] ?? '';
/** An assertion about Eve, unsigned, otherwise as the signed one. */
const evil = (xml: string, id: string): string =>
  signedPart(xml)
    .replace(/<Signature.*<\/Signature>/s, '')
    .replace(/ ID="[^"]*"/, ` ID="${id}"`)
    .replace('>p-1<', '>p-eve<');
const signedId = (xml: string): string => / ID="([^"]*)"/.exec(signedPart(xml))?.[1] ?? '';

describe('an answer that lies lets nobody in', () => {
  test.each<[string, () => Lie]>([
    ['no signature', () => ({ sign: 'not at all' })],
    ['a key that is not its own', () => ({ sign: 'strange key' })],
    ['a signature by SHA-1', () => ({ sign: 'sha1' })],
    ['a digest by SHA-1', () => ({ sign: 'digest by sha1' })],
    [
      'SHA-1 written in another way',
      () => ({ sign: 'sha1', then: (xml) => xml.replace('rsa-sha1', 'rsa-&#115;ha1') }),
    ],
    ['a signature of the response only', () => ({ sign: 'the response only' })],
    ['a name changed after signing', then((xml) => xml.replace('>p-1<', '>p-2<'))],
    ['an attribute changed after signing', then((xml) => xml.replace('ana@corp', 'eve@corp'))],
    ['the signature cut out', then((xml) => xml.replace(/<Signature.*<\/Signature>/s, ''))],
    [
      'two assertions, the false one first',
      then((xml) => xml.replace('<saml:Assertion', `${evil(xml, '_evil')}<saml:Assertion`)),
    ],
    [
      'two assertions of one id',
      then((xml) => xml.replace('</samlp:Response>', `${evil(xml, signedId(xml))}</samlp:Response>`)),
    ],
    [
      'the signed assertion inside a false one',
      then((xml) =>
        xml.replace(
          signedPart(xml),
          evil(xml, '_evil').replace('</saml:Subject>', `</saml:Subject>${signedPart(xml)}`),
        ),
      ),
    ],
    [
      'the signed assertion in the signature of a false one of the same id',
      then((xml) => {
        const signature = /<Signature.*<\/Signature>/s.exec(xml)?.[0] ?? '';
        const inner = signedPart(xml).replace(signature, '');
        const moved = signature.replace('</Signature>', `<Object>${inner}</Object></Signature>`);
        return xml.replace(
          signedPart(xml),
          evil(xml, signedId(xml)).replace('</saml:Issuer>', `</saml:Issuer>${moved}`),
        );
      }),
    ],
    [
      'the signed assertion among extensions',
      then((xml) =>
        xml.replace(
          signedPart(xml),
          `<samlp:Extensions>${signedPart(xml)}</samlp:Extensions>${evil(xml, '_evil')}`,
        ),
      ),
    ],
    [
      'the whole answer inside another',
      then(
        (xml) =>
          `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_out" Version="2.0"${/ InResponseTo="[^"]*"/.exec(xml)?.[0] ?? ''}>${evil(xml, '_evil')}${xml}</samlp:Response>`,
      ),
    ],
  ])('[SM2] %s', async (_what, lie) => {
    given(await link());
    const bo = await letIn(world, ana, 'Bo');
    given(await link(bo.viewer, { id: 'p-eve' }));
    expect(refusalOf(await finish(await come(signingIn, person, lie())))).toBe('not-proven');
    expect(saml.reported).toHaveLength(1);
  });

  test.each<[string, () => Lie]>([
    ['another provider’s name', says(() => ({ issuer: 'https://evil.example.org/idp' }))],
    ['another audience', says(() => ({ audience: 'https://other.example.org' }))],
    [
      'another address for the answer',
      says(() => ({ recipient: 'https://other.example.org/sign-in/saml/back' })),
    ],
    ['another request', says(() => ({ inResponseTo: `_${'0'.repeat(64)}` }))],
    ['no request at all', says(() => ({ inResponseTo: '' }))],
    ['another way of confirming', says(() => ({ method: 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches' }))],
    ['a time that is over', says(() => ({ notOnOrAfter: now() - minute }))],
    ['a confirmation that is over', says(() => ({ confirmedUntil: now() - minute }))],
    ['a time that is to come', says(() => ({ notBefore: now() + minute }))],
    ['an age of an hour', says(() => ({ issuedAt: now() - 60 * minute }))],
    ['the name of another provider’s space', says(() => ({ qualifier: 'https://evil.example.org' }))],
    ['no name', says(() => ({ person: { id: '' } }))],
  ])('[SM3] %s', async (_what, lie) => {
    given(await link());
    expect(refusalOf(await finish(await come(signingIn, person, lie())))).toBe('not-proven');
  });

  test('[SM3] clocks may differ by half a minute', async () => {
    given(await link());
    const late = { notOnOrAfter: now() - 15_000, confirmedUntil: now() - 15_000 };
    given(await finish(await come(signingIn, person, { says: late })));
    given(await finish(await come(signingIn, person, { says: { notBefore: now() + 15_000 } })));
  });

  test.each<[string, (xml: string) => string]>([
    ['a declaration', (xml) => `<!DOCTYPE x [<!ENTITY who "p-eve">]>${xml}`],
    ['an entity of a file', (xml) => `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>${xml}`],
    ['a comment in the name', (xml) => xml.replace('>p-1<', '>p-<!-- x -->1<')],
    ['CDATA in the name', (xml) => xml.replace('>p-1<', '><![CDATA[p-1]]><')],
    ['a processing instruction', (xml) => xml.replace('>p-1<', '>p-1<?x y?><')],
    ['no XML', () => 'not XML'],
    ['nothing', () => ''],
    ['far too much', (xml) => xml.padEnd(300_000)],
  ])('[SM6] %s', async (_what, change) => {
    given(await link());
    const came = await come(signingIn, person, { then: change });
    expect(refusalOf(await finish(came))).toBe('not-proven');
  });

  test.each(['emailAddress', 'unspecified', 'transient'])('[SM7] a name that is %s', async (format) => {
    const version = format === 'transient' ? '2.0' : '1.1';
    const lie = { says: { format: `urn:oasis:names:tc:SAML:${version}:nameid-format:${format}` } };
    const finished = await finish(await come(signingIn, person, lie));
    expect(refusalOf(finished)).toBe('not-persistent');
    expect(finished.ok ? '' : finished.refusal.message).toMatch(/format persistent/);
  });

  test('[SM5] who says no there is not let in, and is told so', async () => {
    const finished = await finish(await come(signingIn, null));
    expect(finished.ok ? '' : finished.refusal.message).toMatch(/not let through at Acme ID/);
  });
});
