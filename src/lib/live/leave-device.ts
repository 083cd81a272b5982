import { openIndexedStore } from './storage/indexed-store.ts';

/** Changes of this person on this device, of all boards, that the server has not acknowledged. */
export async function unsentOnDevice(person: string): Promise<number> {
  const store = await openIndexedStore().catch(() => null);
  return (await store?.unsent(person).catch(() => 0)) ?? 0;
}

/**
 * At sign-out: takes everything of this person off the device, and boards anybody saw on it. The page is about to be left
 * with that agreed, so a board that is open on it neither asks again nor writes anything back.
 */
export async function leaveDevice(person: string): Promise<void> {
  const silence = (event: Event): void => event.stopImmediatePropagation();
  addEventListener('beforeunload', silence, { capture: true });
  document.addEventListener('visibilitychange', silence, { capture: true });
  const store = await openIndexedStore().catch(() => null);
  await store?.wipe(person).catch(() => {});
}
