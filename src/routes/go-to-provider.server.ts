import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Application } from '../../server/app.ts';

type Purpose = Parameters<Application['auth']['beginAtProvider']>[2];

/** Sends the browser to the identity provider that `?with=` names for this purpose, or says why it can not. */
export async function goToProvider({ locals, url }: RequestEvent, purpose: Purpose): Promise<never> {
  const kind = url.searchParams.get('with') === 'saml' ? 'saml' : 'oidc';
  const begun = await locals.app.auth.beginAtProvider(locals.request, kind, purpose);
  if (!begun.ok) {
    const { code, message } = begun.refusal;
    error(code === 'no-provider' ? 404 : 502, { code, message });
  }
  locals.keepAttempt(begun.value.cookie);
  redirect(303, begun.value.address);
}
