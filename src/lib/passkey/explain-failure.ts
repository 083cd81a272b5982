/** What was being done with a passkey. */
export type PasskeyAct = 'sign-in' | 'add';

/**
 * What a person can do about a failure between browser and device; null when there is nothing to say, because the browser
 * was told to leave it. Browsers give no more than a name for each, on purpose: they tell nobody which passkeys there are.
 */
export function explainFailure(error: unknown, act: PasskeyAct): string | null {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'AbortError':
      return null;
    case 'NotAllowedError':
      return act === 'sign-in'
        ? 'No passkey was given: it was cancelled, took too long, or this device has none for here. Try again, or sign in with your password.'
        : 'No passkey was made: it was cancelled or took too long. Try again.';
    case 'InvalidStateError':
      return 'This device holds a passkey for your account already. Use it, or add one from another device.';
    case 'SecurityError':
      return 'Browsers refuse passkeys at this address. Open this page at the address your organisation uses for Throughline.';
    case 'NotSupportedError':
    case 'ConstraintError':
      return act === 'sign-in'
        ? 'This browser or device can not use such a passkey. Sign in with your password.'
        : 'This browser or device can not keep such a passkey: it must know you by finger, face or PIN. Try another device.';
    default:
      return 'The device did not answer as it should. Try again.';
  }
}
