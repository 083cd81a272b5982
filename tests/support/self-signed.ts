import { sign, type KeyObject } from 'node:crypto';

/** One element of ASN.1, in its only binary form. */
function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const sequence = (...contents: readonly Uint8Array[]): Buffer => element(0x30, ...contents);
const rsaWithSha256 = sequence(hex('06092a864886f70d01010b'), hex('0500'));
const time = (text: string): Buffer => element(0x17, Buffer.from(text));

/** A certificate that a key has made out to itself, as PEM: what the administrator of an identity provider hands over. */
export function selfSigned(name: string, keys: { publicKey: KeyObject; privateKey: KeyObject }): string {
  const called = sequence(element(0x31, sequence(hex('0603550403'), element(0x0c, Buffer.from(name)))));
  const told = sequence(
    hex('a003020102'),
    hex('020101'),
    rsaWithSha256,
    called,
    sequence(time('200101000000Z'), time('491231235959Z')),
    called,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', told, keys.privateKey);
  const whole = sequence(told, rsaWithSha256, element(0x03, hex('00'), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----`;
}
