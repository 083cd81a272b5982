/** Whose rights changed: every given field narrows it down. */
export interface RightsChanged {
  readonly accountId?: string;
  readonly memberId?: string;
  readonly signInId?: string;
  readonly tokenId?: string;
}

/** Tells open sockets to look again (trust.md S1, revocation). Told after the database has committed. */
export interface RightsChanges {
  tell(change: RightsChanged): void;
  listen(listener: (change: RightsChanged) => void): void;
}

export function makeRightsChanges(): RightsChanges {
  const listeners: ((change: RightsChanged) => void)[] = [];
  return {
    tell: (change) => listeners.forEach((listener) => listener(change)),
    listen: (listener) => void listeners.push(listener),
  };
}
