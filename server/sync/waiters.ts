/** Those who wait for something to be over. */
export class Waiters {
  #who: (() => void)[] = [];

  get some(): boolean {
    return this.#who.length > 0;
  }

  wait(): Promise<void> {
    return new Promise((resolve) => this.#who.push(resolve));
  }

  /** Takes all who wait now; calling the answer releases them, and nobody who came later. */
  take(): () => void {
    const taken = this.#who;
    this.#who = [];
    return () => {
      for (const tell of taken) tell();
    };
  }
}
