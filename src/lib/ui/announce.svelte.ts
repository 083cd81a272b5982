/**
 * The page's one polite live region. Browser only: on the server nobody listens, and a module variable there would be
 * shared between people, so nothing is kept.
 */
class Announcer {
  sentence = $state('');

  say(sentence: string): void {
    // Cleared first, so that the same sentence is read out twice when it happens twice.
    this.sentence = '';
    queueMicrotask(() => {
      this.sentence = sentence;
    });
  }
}

const announcer = typeof document === 'undefined' ? null : new Announcer();

/** Reads a sentence out to screen readers, when they have time. */
export function announce(sentence: string): void {
  announcer?.say(sentence);
}

/** What the live region says now. */
export function announced(): string {
  return announcer?.sentence ?? '';
}
