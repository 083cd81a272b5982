import type { IncomingMessage, ServerResponse } from 'node:http';
import { newPublicId } from '../secrets.ts';

/** Where a SAML provider has browsers bring its answers, by a form of its own site. */
const path = '/sign-in/saml/back';
/** Larger than any answer; as much as a form may be that pages take. */
const most = 512 * 1024;

/**
 * The one form of another site that is let in (HTTP-POST of SAML). A browser brings no cookie along with it, and nothing is
 * looked at or changed here: the answer is a page of ours that sends the same once more, now from this site and with the
 * cookie of the attempt. Without JavaScript it takes one press. Answers true for what it took.
 */
export const makeAssertionDoor =
  (isOpen: boolean) =>
  (request: IncomingMessage, response: ServerResponse): boolean => {
    if (!isOpen || request.method !== 'POST' || (request.url ?? '').split('?', 1)[0] !== path) return false;
    void readForm(request).then((form) => {
      const answer = form?.get('SAMLResponse') ?? null;
      if (answer === null || !/^[A-Za-z0-9+/=\s]+$/.test(answer)) {
        response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' });
        return response.end(
          'This holds no answer of an identity provider. Start again from the page to sign in.\n',
        );
      }
      const nonce = newPublicId();
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      });
      return response.end(pageOf(answer.replace(/\s+/g, ''), nonce));
    });
    return true;
  };

/** The answer is letters, digits and three signs: it can hold no markup. */
const pageOf = (answer: string, nonce: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="color-scheme" content="light dark" />
    <title>Signing in</title>
    <style nonce="${nonce}">
      body { font: 1rem/1.5 system-ui, sans-serif; display: grid; place-content: center; min-height: 90vh; margin: 1rem; text-align: center; }
      button { font: inherit; padding: 0.6rem 1.4rem; }
    </style>
  </head>
  <body>
    <main>
      <h1>Signing in</h1>
      <form method="post" action="/sign-in/saml/finish">
        <input type="hidden" name="SAMLResponse" value="${answer}" />
        <p>You come from your identity provider.</p>
        <button>Go on</button>
      </form>
    </main>
    <script nonce="${nonce}">document.forms[0].submit();</script>
  </body>
</html>
`;

/** A form's fields; null for what is none, or too large. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length;
      // The rest is drained, so that whoever sends it hears the answer.
      if (size <= most) parts.push(part);
    }
  } catch {
    return null;
  }
  return isForm && size <= most ? new URLSearchParams(Buffer.concat(parts).toString('latin1')) : null;
}
