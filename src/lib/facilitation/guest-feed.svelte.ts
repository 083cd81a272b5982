import { clockOffset, type Exchange } from './clock-offset.ts';

const beatMs = 10_000;
const tickMs = 500;
const remembered = 20;
/** Many changes at once are one look. */
const restMs = 250;

/** A guest's window: hears that something changed, and then looks; keeps the server's clock. Browser only, apart from `now`. */
export class GuestFeed {
  #now = $state(0);
  #connected = $state(true);
  #exchanges: Exchange[] = [];

  constructor(serverTime: number) {
    this.#now = serverTime;
  }

  /** The server's clock, turning twice a second. */
  get now(): number {
    return this.#now;
  }
  /** False while there is no line to the server: what is shown may be old. */
  get connected(): boolean {
    return this.#connected;
  }

  /** Goes live; the answer stops it. `look`: read the room again. */
  start(look: () => void): () => void {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      clearTimeout(waiting);
      waiting = setTimeout(look, restMs);
    };
    const source = new EventSource('/guest/room/live');
    source.onopen = () => {
      this.#connected = true;
      // What happened before the line was there.
      soon();
    };
    source.onmessage = soon;
    source.onerror = () => {
      this.#connected = false;
      // The server answered that there is nothing to hear any more.
      if (source.readyState === EventSource.CLOSED) soon();
    };
    const beat = () => void this.#beat(soon);
    beat();
    const beating = setInterval(beat, beatMs);
    const ticking = setInterval(() => (this.#now = Date.now() + clockOffset(this.#exchanges)), tickMs);
    return () => {
      source.close();
      clearTimeout(waiting);
      clearInterval(beating);
      clearInterval(ticking);
    };
  }

  async #beat(shownOut: () => void): Promise<void> {
    const sentAt = Date.now();
    try {
      const answer = await fetch('/guest/room/beat', { method: 'POST' });
      if (!answer.ok) {
        if (answer.status < 500) shownOut();
        return;
      }
      const { serverTime } = (await answer.json()) as { serverTime: number };
      this.#exchanges = [...this.#exchanges, { sentAt, serverTime, heardAt: Date.now() }].slice(-remembered);
    } catch {
      // The next beat is ten seconds away.
      this.#connected = false;
    }
  }
}
