import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { explainFailure } from './explain-failure.ts';
import { post, type Answered } from './post.ts';

/** True when this browser knows passkeys. */
export const knowsPasskeys = (): boolean => browserSupportsWebAuthn();

/** A challenge is good for five minutes at the server; one that waits in a field is taken anew before. */
const renewAfterMs = 4 * 60_000;

/** Makes a passkey and adds it to the account that is signed in. */
export async function addPasskey(base: string, name: string, current: string): Promise<Answered<unknown>> {
  const begun = await post<PublicKeyCredentialCreationOptionsJSON>(`${base}/begin`, { current });
  if (!begun.ok) return begun;
  try {
    const response = await startRegistration({ optionsJSON: begun.value });
    return await post(base, { name, response });
  } catch (error) {
    return { ok: false, message: explainFailure(error, 'add'), code: 'device' };
  }
}

/**
 * Signs in with any passkey of this device; `autofill` waits for one to be chosen in the field of the address, and is silent
 * about what fails before anybody has chosen.
 */
export async function signInByPasskey(
  base: string,
  query: string,
  autofill = false,
): Promise<Answered<{ readonly next: string }>> {
  const begun = await post<PublicKeyCredentialRequestOptionsJSON>(`${base}/begin`, {});
  if (!begun.ok) return autofill ? { ...begun, message: null } : begun;
  try {
    const response = await startAuthentication({ optionsJSON: begun.value, useBrowserAutofill: autofill });
    return await post(`${base}${query}`, { response });
  } catch (error) {
    return { ok: false, message: autofill ? null : explainFailure(error, 'sign-in'), code: 'device' };
  }
}

/** Offers passkeys among what the browser fills in, while the page is open. */
export interface AutofillOffer {
  /** Once more, after something else had the browser's attention. */
  again(): void;
  end(): void;
}

/** Begins it, where the browser can. `offer` waits until one is chosen. */
export function offerInAutofill(offer: () => Promise<void>): AutofillOffer {
  let can = false;
  let offeredAt = 0;
  const again = (): void => {
    if (!can) return;
    offeredAt = Date.now();
    void offer();
  };
  const renew = (): void => {
    if (document.visibilityState === 'visible' && Date.now() - offeredAt >= renewAfterMs) again();
  };
  const timer = setInterval(renew, renewAfterMs / 8);
  document.addEventListener('visibilitychange', renew);
  let ended = false;
  void browserSupportsWebAuthnAutofill().then((supported) => {
    can = supported && !ended;
    again();
  });
  return {
    again,
    end: () => {
      ended = true;
      can = false;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', renew);
      WebAuthnAbortService.cancelCeremony();
    },
  };
}
