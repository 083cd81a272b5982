const keyOf = (person: string): string => `throughline:sound:${person}`;
const lastKey = 'throughline:sounded';

/**
 * Whether this person hears when time is up: their own choice on this device; before they made one, on, unless the device
 * asks for less movement. Browser only; on the server it is off.
 */
export class SoundChoice {
  #person: string;
  #on = $state(false);

  constructor(person: string) {
    this.#person = person;
  }

  get on(): boolean {
    return this.#on;
  }

  /** Reads what was chosen before; called once the page is in a browser. */
  read(): void {
    const chosen = this.#stored();
    this.#on = chosen === null ? !matchMedia('(prefers-reduced-motion: reduce)').matches : chosen === 'on';
  }

  switch(): void {
    this.#on = !this.#on;
    try {
      localStorage.setItem(keyOf(this.#person), this.#on ? 'on' : 'off');
    } catch {
      // A browser that keeps nothing: the choice holds as long as the page.
    }
  }

  /** True for one of several windows of this person only: who asks first for this end of this timer. */
  claim(what: string): boolean {
    try {
      if (localStorage.getItem(lastKey) === what) return false;
      localStorage.setItem(lastKey, what);
    } catch {
      // Without a store every window sounds for itself.
    }
    return true;
  }

  #stored(): string | null {
    try {
      return localStorage.getItem(keyOf(this.#person));
    } catch {
      return null;
    }
  }
}
