/**
 * Without JavaScript an act and the page that answers it are one request: who asks was read before the act. What the act
 * changed of it (the organisation's name, its zone, a role) must be in the answer, so it is read once more in between.
 */
const looks = new WeakMap<Request, () => Promise<void>>();

/** Says how to read once more who asks by this request. */
export const onLookAgain = (request: Request, look: () => Promise<void>): void =>
  void looks.set(request, look);

/** Reads it once more, where somebody said how. */
export const lookAgain = async (request: Request): Promise<void> => looks.get(request)?.();
