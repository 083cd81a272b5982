import { generateKeyPairSync, randomUUID, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inflateRawSync } from 'node:zlib';
import { SignedXml } from 'xml-crypto';
import type { SamlSettings } from '../../server/config-saml.ts';
import { selfSigned } from './self-signed.ts';

/** Whom the provider has before it. */
export interface SamlPerson {
  readonly id: string;
  readonly email?: string;
  readonly name?: string;
}

/** What an answer says; a lie says something else. */
export interface Answered {
  readonly id: string;
  readonly issuer: string;
  readonly audience: string;
  readonly recipient: string;
  readonly inResponseTo: string;
  readonly format: string;
  readonly qualifier: string | null;
  readonly method: string;
  readonly notBefore: number;
  readonly notOnOrAfter: number;
  /** Of the subject's confirmation. */
  readonly confirmedUntil: number;
  readonly issuedAt: number;
  readonly person: SamlPerson;
}

export interface Lie {
  readonly says?: Partial<Answered>;
  readonly sign?: 'strange key' | 'sha1' | 'digest by sha1' | 'not at all' | 'the response only' | 'both';
  /** Changes the whole answer after it was signed. */
  readonly then?: (xml: string) => string;
}

/** A SAML provider on this machine that does what the standard asks, or lies as told. */
export interface SamlProvider {
  readonly settings: SamlSettings;
  /** Settings of a server that signs in here. */
  readonly environment: Readonly<Record<string, string>>;
  who: SamlPerson | null;
  lie: Lie;
  /** What the browser is given to bring back, for the address that we sent it to. */
  answerTo(address: string): string;
  close(): Promise<void>;
}

const keys = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const minute = 60_000;
export const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
const more = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

export async function startSaml(): Promise<SamlProvider> {
  const [own, strange] = [keys(), keys()];
  const certificate = selfSigned('A provider of this test', own);
  if (!new X509Certificate(certificate).verify(own.publicKey)) throw new Error('This is no certificate.');
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
    if (address.pathname !== '/sso') return void response.writeHead(404).end();
    const back = /AssertionConsumerServiceURL="([^"]*)"/.exec(requestOf(address.href))?.[1] ?? '';
    // As providers do it: a page of theirs whose form sends itself.
    response.writeHead(200, { 'content-type': 'text/html' });
    return void response.end(
      `<form method="post" action="${back}"><input name="SAMLResponse" value="${provider.answerTo(address.href)}"><input name="RelayState" value=""></form><script>document.forms[0].submit()</script>`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings: SamlSettings = {
    ...{ entryPoint: `${at}/sso`, issuer: `${at}/idp`, certificates: [certificate], name: 'Acme ID' },
  };
  const provider: SamlProvider = {
    ...{ settings, who: null, lie: {} },
    environment: {
      ...{ SAML_ENTRY_POINT: settings.entryPoint, SAML_ISSUER: settings.issuer },
      ...{ SAML_CERTIFICATE: certificate, SAML_NAME: settings.name },
    },
    answerTo: (address) => {
      const { who, lie } = provider;
      const asked = requestOf(address);
      const xml = who === null ? sayNo(asked) : assert(asked, settings.issuer, who, lie);
      const key = lie.sign === 'strange key' ? strange.privateKey : own.privateKey;
      const signed = who === null ? xml : signAs(lie.sign, xml, key.export({ type: 'pkcs8', format: 'pem' }));
      return Buffer.from(lie.then?.(signed) ?? signed).toString('base64');
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return provider;
}

/** The request that a browser brings in an address, as XML. */
export const requestOf = (address: string): string =>
  inflateRawSync(Buffer.from(new URL(address).searchParams.get('SAMLRequest') ?? '', 'base64')).toString();

const idOf = (request: string): string => / ID="([^"]*)"/.exec(request)?.[1] ?? '';

const head = (request: string, status: string): string =>
  `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_${randomUUID()}" Version="2.0" IssueInstant="${new Date().toISOString()}" InResponseTo="${idOf(request)}"><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${status}"/></samlp:Status>`;

const sayNo = (request: string): string => `${head(request, 'Responder')}</samlp:Response>`;

function assert(request: string, issuer: string, person: SamlPerson, { says }: Lie): string {
  const now = Date.now();
  const said: Answered = {
    ...{ id: `_${randomUUID()}`, issuer, inResponseTo: idOf(request), format: persistent, qualifier: null },
    audience: /<saml:Issuer[^>]*>([^<]*)</.exec(request)?.[1] ?? '',
    recipient: /AssertionConsumerServiceURL="([^"]*)"/.exec(request)?.[1] ?? '',
    method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
    ...{ notBefore: now - minute, notOnOrAfter: now + minute, confirmedUntil: now + minute, issuedAt: now },
    person,
    ...says,
  };
  return `${head(request, 'Success').replace(/InResponseTo="[^"]*"/, `InResponseTo="${said.inResponseTo}"`)}${assertion(said)}</samlp:Response>`;
}

const at = (ms: number): string => new Date(ms).toISOString();

const assertion = (it: Answered): string =>
  `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${it.id}" Version="2.0" IssueInstant="${at(it.issuedAt)}"><saml:Issuer>${it.issuer}</saml:Issuer><saml:Subject><saml:NameID Format="${it.format}"${it.qualifier === null ? '' : ` NameQualifier="${it.qualifier}"`}>${it.person.id}</saml:NameID><saml:SubjectConfirmation Method="${it.method}"><saml:SubjectConfirmationData InResponseTo="${it.inResponseTo}" Recipient="${it.recipient}" NotOnOrAfter="${at(it.confirmedUntil)}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${at(it.notBefore)}" NotOnOrAfter="${at(it.notOnOrAfter)}"><saml:AudienceRestriction><saml:Audience>${it.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${at(it.issuedAt)}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>${attributes(it.person)}</saml:Assertion>`;

function attributes({ email, name }: SamlPerson): string {
  const all = Object.entries({ email, displayName: name }).filter(([, value]) => value !== undefined);
  if (all.length === 0) return '';
  const each = all.map(
    ([key, value]) =>
      `<saml:Attribute Name="${key}"><saml:AttributeValue>${String(value)}</saml:AttributeValue></saml:Attribute>`,
  );
  return `<saml:AttributeStatement>${each.join('')}</saml:AttributeStatement>`;
}

function signAs(how: Lie['sign'], xml: string, privateKey: string | Buffer): string {
  if (how === 'not at all') return xml;
  const signer = (of: 'Assertion' | 'Response', text: string): string => {
    const sha1 = 'http://www.w3.org/2000/09/xmldsig#';
    const signed = new SignedXml({
      ...{ privateKey, canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#' },
      signatureAlgorithm: how === 'sha1' ? `${sha1}rsa-sha1` : more,
    });
    const where = `//*[local-name(.)='${of}']`;
    signed.addReference({
      xpath: where,
      digestAlgorithm: how === 'digest by sha1' ? `${sha1}sha1` : 'http://www.w3.org/2001/04/xmlenc#sha256',
      transforms: [
        'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
        'http://www.w3.org/2001/10/xml-exc-c14n#',
      ],
    });
    const first = of === 'Assertion' ? 'Issuer' : 'Status';
    signed.computeSignature(text, {
      location: { reference: `${where}/*[local-name(.)='${first}']`, action: 'after' },
    });
    return signed.getSignedXml();
  };
  if (how === 'the response only') return signer('Response', xml);
  const once = signer('Assertion', xml);
  return how === 'both' ? signer('Response', once) : once;
}
