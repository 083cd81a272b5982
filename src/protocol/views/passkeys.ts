import type { Instant } from '../../domain/time.ts';

/** A passkey of one's own account, as the list of the settings shows it. */
export interface PasskeyView {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Instant;
  /** null = never since it was added. */
  readonly lastUsedAt: Instant | null;
}
