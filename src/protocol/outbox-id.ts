/** A new outbox: 128 random bits as hex. `random` must be strong where the id must not be guessed. */
export function newOutboxId(random: () => number): string {
  const part = (): string =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return part() + part() + part() + part();
}

export const isOutboxId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text);
