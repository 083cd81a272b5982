import { takesInput, type BoardArea, type Input } from '#domain/facilitation/section-tools.ts';
import type { SessionView } from '#protocol/views/facilitation.ts';
import { refuseEarly, type CommandDraft } from './refuse-early.ts';
import type { Room } from './room.ts';
import type { SessionFeed } from './session-feed.svelte.ts';

/** What the page was loaded with. */
export interface RoomFacts {
  readonly view: SessionView;
  readonly areas: readonly BoardArea[];
  readonly me: { readonly personId: string; readonly mayWrite: boolean };
}

/** The room as one window sees it: the newest state of its feed, and what this person alone knows. */
export class LiveRoom implements Room {
  readonly #feed: SessionFeed;
  readonly #facts: () => RoomFacts;
  /** Read with the page, and newer with the answer to what was pressed. */
  #mine = $derived.by(() => {
    return mineOf(this.#facts().view);
  });

  constructor(feed: SessionFeed, facts: () => RoomFacts) {
    this.#feed = feed;
    this.#facts = facts;
  }

  get session() {
    return this.#feed.session;
  }
  get me() {
    return this.#facts().me.personId;
  }
  get leads() {
    return this.session.facilitators.includes(this.me) && this.#facts().me.mayWrite;
  }
  get takesPart() {
    // Also without a line: a form that went away would take along what is typed in it.
    return this.#facts().me.mayWrite && this.session.status !== 'ended';
  }
  get connected() {
    return this.#feed.connected;
  }
  get now() {
    return this.#feed.now;
  }
  get heard() {
    return this.#feed.heard;
  }
  get myVotes() {
    return this.#mine.votes;
  }
  get myRating() {
    return this.#mine.rating;
  }
  get notes() {
    return this.#mine.notes;
  }
  get guestCode() {
    return this.#mine.guestCode;
  }
  get areas() {
    return this.#facts().areas;
  }

  takes(input: Input, stage: string): boolean {
    const { status } = this.session;
    return this.takesPart && status === 'running' && takesInput(this.session, this.me, input, stage);
  }

  whyNot(command: CommandDraft): string | null {
    const { mayWrite } = this.#facts().me;
    return refuseEarly(this.session, command, { person: this.me, mayWrite }, this.now);
  }

  take(view: SessionView): void {
    this.#feed.take(view.session);
    this.#mine = mineOf(view);
  }
}

const mineOf = ({ myVotes, myRating, notes, guestCode }: SessionView) => ({
  ...{ votes: myVotes, rating: myRating, notes, guestCode },
});
