/** Ways of signing, digesting and writing down that count; none is SHA-1, and no key of ours could be meant (HMAC). */
const algorithms: ReadonlySet<string> = new Set([
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512',
  'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  'http://www.w3.org/2001/10/xml-exc-c14n#',
]);

/**
 * Throws for XML that no honest provider sends. Looked at as text, before any parser does: an attribute's name and a
 * declaration can be written in one way only, and a value written in another way than plainly is not in the list.
 */
export function refuseOddXml(xml: string): void {
  // Declarations, entities, comments, CDATA: where parsers have been made to read something else than what was signed.
  if (xml.includes('<!')) throw new Error('The answer holds a declaration, a comment or CDATA.');
  if (/<\?(?!xml\s)/.test(xml)) throw new Error('The answer holds a processing instruction.');
  for (const [, , value = ''] of xml.matchAll(/Algorithm\s*=\s*(["'])(.*?)\1/gs)) {
    if (!algorithms.has(value))
      throw new Error(`The answer is signed by ${value.slice(0, 100)}, which is not taken.`);
  }
}
