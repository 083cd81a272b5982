const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/**
 * A new key for a planning object, such as `k7m2qd9x`: eight letters and digits without look-alikes (40 bits), none that
 * is taken; after a clash one letter longer, so that it ends with any source. `random` gives numbers in [0, 1).
 */
export function mintKey(random: () => number, isTaken: (key: string) => boolean = () => false): string {
  for (let length = 8; ; length += 1) {
    const key = Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join('');
    if (!isTaken(key)) return key;
  }
}
