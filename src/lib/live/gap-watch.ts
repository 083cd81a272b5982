import type { NackReason } from '#protocol/refusals.ts';

/**
 * An edit that builds on something refused in another outbox stays a gap for ever, however often it is sent. The third
 * time the same one comes back it is given up, like any refused edit.
 */
export class GapWatch {
  #at = '';
  #count = 0;

  isStuck({ slot, n, reason }: { slot: number; n: number; reason: NackReason }): boolean {
    if (reason !== 'gap') return false;
    const at = `${slot}/${n}`;
    this.#count = this.#at === at ? this.#count + 1 : 1;
    this.#at = at;
    return this.#count >= 3;
  }
}
