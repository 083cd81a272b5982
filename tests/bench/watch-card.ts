/** One place at which a card was drawn. Times are of the machine's clock, in milliseconds since the epoch. */
export interface Sighting {
  /** Its transform on the page of the canvas: the same in every window, whatever its camera. */
  readonly place: string;
  /** The frame after the one that drew it there. */
  readonly shownAt: number;
  /** The newest event of the pointer in this window; 0 when there was none. */
  readonly inputAt: number;
}

/** What `watchCard` leaves in a page. Its promises reject after 20 s in vain. */
export interface WatchedPage {
  readonly watched: {
    count(): number;
    /** The sighting after so many. */
    after(count: number): Promise<Sighting>;
    /** The first sighting at a place. */
    at(place: string): Promise<Sighting>;
    /** When "Saved" was next shown anew; of the edit made then, if everything before it was saved. */
    savedAfter(since: number): Promise<number>;
  };
}

/** Runs in the page: notes where and when a card is drawn, and when the page says that all is saved. */
export function watchCard(shapeId: string): void {
  const sightings: Sighting[] = [];
  const savedAt: number[] = [];
  let waiting: (() => void)[] = [];
  let inputAt = 0;
  const tell = () => {
    const told = waiting;
    waiting = [];
    for (const look of told) look();
  };
  const until = <T>(what: string, find: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const inVain = setTimeout(() => reject(new Error(`After 20 s there is still no ${what}.`)), 20_000);
      const look = () => {
        const found = find();
        if (found === undefined) {
          waiting.push(look);
          return;
        }
        clearTimeout(inVain);
        resolve(found);
      };
      look();
    });

  addEventListener('pointermove', (event) => (inputAt = Date.now() - (performance.now() - event.timeStamp)), {
    capture: true,
  });
  const card = document.querySelector<HTMLElement>(`[data-shape-id="${shapeId}"]`);
  const status = document.querySelector<HTMLElement>('[data-testid="save-status"]');
  if (!card || !status) throw new Error('The card or the save status is not on the page.');
  let last = card.style.transform;
  new MutationObserver(() => {
    const place = card.style.transform;
    if (place === last) return;
    last = place;
    const from = inputAt;
    // The next frame begins after this one was painted.
    requestAnimationFrame(() => {
      sightings.push({ place, shownAt: Date.now(), inputAt: from });
      tell();
    });
  }).observe(card, { attributes: true, attributeFilter: ['style'] });
  new MutationObserver(() => {
    if (status.dataset.save !== 'saved') return;
    savedAt.push(Date.now());
    tell();
  }).observe(status, { attributes: true, attributeFilter: ['data-save'] });

  const watched: WatchedPage['watched'] = {
    count: () => sightings.length,
    after: (count) => until('movement', () => sightings[count]),
    at: (place) => until(`card at ${place}`, () => sightings.find((it) => it.place === place)),
    savedAfter: (since) => until('"Saved"', () => savedAt.find((at) => at >= since)),
  };
  Object.assign(globalThis, { watched });
}
