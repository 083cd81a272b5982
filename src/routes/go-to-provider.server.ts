import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Application } from '../../server/app.ts';

type Purpose = Parameters<Application['auth']['beginAtProvider']>[1];

/** Sends the browser to the identity provider for this purpose, or says why it can not. */
export async function goToProvider({ locals }: RequestEvent, purpose: Purpose): Promise<never> {
  const begun = await locals.app.auth.beginAtProvider(locals.request, purpose);
  if (!begun.ok) {
    const { code, message } = begun.refusal;
    error(code === 'no-provider' ? 404 : 502, { code, message });
  }
  locals.keepAttempt(begun.value.cookie);
  redirect(303, begun.value.address);
}
