import { X509Certificate } from 'node:crypto';

/** A SAML provider as the settings name it. */
export interface SamlSettings {
  /** Where people are sent to sign in. */
  readonly entryPoint: string;
  /** Its entity id. */
  readonly issuer: string;
  /** PEM; any of them may have signed, so that a provider can change its key. */
  readonly certificates: readonly string[];
  /** What people know it by. */
  readonly name: string;
}

/** The certificates of a text, each as PEM; null when a part of it is none. */
export function readCertificates(text: string): readonly string[] | null {
  const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
  const found = text.match(block) ?? [];
  if (found.length === 0 || text.replace(block, '').trim() !== '') return null;
  try {
    return found.map((pem) => new X509Certificate(pem).toString());
  } catch {
    return null;
  }
}

/** The provider of three settings and a name; null without one, a fault where they do not belong together. */
export function readSaml(given: {
  readonly entryPoint: string | null;
  readonly issuer: string | null;
  readonly certificate: string | null;
  readonly name: string | null;
}): { readonly saml: SamlSettings | null; readonly fault: string | null } {
  const { entryPoint, issuer, certificate, name } = given;
  const certificates = certificate === null ? null : readCertificates(certificate);
  if (entryPoint !== null && issuer !== null && certificates !== null) {
    return {
      saml: { entryPoint, issuer, certificates, name: name ?? new URL(entryPoint).host },
      fault: null,
    };
  }
  const none = [entryPoint, issuer, certificate, name].every((it) => it === null);
  return {
    saml: null,
    fault: none
      ? null
      : 'SAML_ENTRY_POINT, SAML_ISSUER and SAML_CERTIFICATE belong together, and SAML_NAME to them; set all three or none.',
  };
}
