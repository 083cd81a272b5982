import type { LiveSession, SessionMessage } from '#protocol/views/facilitation.ts';
import type { Heard } from '#domain/facilitation/presence.ts';
import { clockOffset, type Exchange } from './clock-offset.ts';

const beatMs = 10_000;
const tickMs = 500;
const remembered = 20;

/**
 * One window's view of a running session: the newest state, wherever it came from, and the server's clock. `start` opens the
 * stream and says every ten seconds that somebody is here; the answers set the clock. Browser only, apart from `session`.
 */
export class SessionFeed {
  #session = $state.raw<LiveSession>() as LiveSession;
  #now = $state(0);
  #connected = $state(true);
  #heard = $state.raw<Heard>({ at: 0, by: {} });
  #exchanges: Exchange[] = [];
  #line: EventSource | null = null;

  constructor(session: LiveSession) {
    this.#session = session;
    this.#now = session.serverTime;
  }

  get session(): LiveSession {
    return this.#session;
  }
  /** The server's clock, turning twice a second. */
  get now(): number {
    return this.#now;
  }
  /** False while the stream is down: what is shown may be old. */
  get connected(): boolean {
    return this.#connected;
  }

  /** Who was heard of when, as the last beat was answered. */
  get heard(): Heard {
    return this.#heard;
  }

  /** Takes a state that is newer than the one shown; an older one came late and is dropped. */
  take(session: LiveSession): void {
    if (
      session.id !== this.#session.id ||
      session.rev > this.#session.rev ||
      isSooner(session, this.#session)
    ) {
      this.#session = session;
    }
  }

  /** Goes live; the answer stops it. `onhint`: rows may have changed. */
  start(onhint: () => void): () => void {
    const { id } = this.#session;
    const source = new EventSource(`/sessions/${id}/live`);
    this.#line = source;
    source.onopen = () => (this.#connected = true);
    source.onerror = () => (this.#connected = false);
    source.onmessage = ({ data }: MessageEvent<string>) => {
      this.#connected = true;
      const message = JSON.parse(data) as SessionMessage;
      if (message.type === 'session') this.take(message.session);
      if (message.type === 'hint') onhint();
    };
    // A line that broke without a word is noticed by what is not answered.
    const lost = () => (this.#connected = false);
    addEventListener('offline', lost);
    const beat = () => void this.#beat(id);
    // Five at once set the clock, one every ten seconds keeps it.
    for (let n = 0; n < 5; n += 1) setTimeout(beat, n * 200);
    const beating = setInterval(beat, beatMs);
    const ticking = setInterval(() => (this.#now = Date.now() + clockOffset(this.#exchanges)), tickMs);
    return () => {
      source.close();
      removeEventListener('offline', lost);
      clearInterval(beating);
      clearInterval(ticking);
    };
  }

  async #beat(id: string): Promise<void> {
    const sentAt = Date.now();
    try {
      const answer = await fetch(`/api/v1/sessions/${id}/beat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      if (!answer.ok) return;
      if (this.#line?.readyState === EventSource.OPEN) this.#connected = true;
      const { serverTime, heard } = (await answer.json()) as { serverTime: number; heard: Heard['by'] };
      if (serverTime > this.#heard.at) this.#heard = { at: serverTime, by: heard };
      this.#exchanges = [...this.#exchanges, { sentAt, serverTime, heardAt: Date.now() }].slice(-remembered);
    } catch {
      // The next beat is ten seconds away; until one is answered the page says that there is no line.
      this.#connected = false;
    }
  }
}

/** The same state said later: it knows better who may take over. */
const isSooner = (next: LiveSession, shown: LiveSession): boolean =>
  next.rev === shown.rev && next.serverTime > shown.serverTime;
