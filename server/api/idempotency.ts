import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import { sealFor } from './sealed-answers.ts';

/** An answer as it goes out: status and JSON body. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Where answers are kept; the table `idempotent_answer`. */
export interface Answers {
  /** Takes the place for this key, or tells who has it. Places older than 24 h are free again. */
  claim(
    place: Place,
  ): Promise<
    | { readonly kind: 'claimed' }
    | { readonly kind: 'taken'; readonly bodyHash: Uint8Array; readonly answer: Kept | null }
  >;
  keep(place: Place, answer: Kept): Promise<void>;
  /** Frees the place: the work failed and may be tried again. */
  release(place: Place): Promise<void>;
}

export interface Place {
  readonly scope: string;
  readonly key: string;
  readonly bodyHash: Uint8Array;
}

export interface Kept {
  readonly status: number;
  readonly sealed: string;
}

export interface Idempotency {
  /**
   * Does the work once for (credential, route, key). A repeat gets the first answer, also after a restart; a twin that
   * comes meanwhile waits for it; another body under the same key is refused. Answers of 500 and above are not kept.
   */
  once(
    asked: { credential: string; scope: string; key: string; body: Buffer },
    work: () => Promise<Answer>,
  ): Promise<
    Outcome<Answer & { readonly repeated: boolean }, 'idempotency-key-reused' | 'still-running' | 'invalid'>
  >;
}

const waitMs = 30_000;
const pollMs = 100;

/** `pause` resolves after that many milliseconds; turnable in tests. */
export function createIdempotency(answers: Answers, pause: (ms: number) => Promise<void>): Idempotency {
  return {
    async once({ credential, scope, key, body }, work) {
      if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
        return refused('invalid', 'Idempotency-Key is 1 to 200 visible ASCII characters.', {
          path: 'Idempotency-Key',
        });
      }
      const seal = sealFor(credential, key, body);
      const place: Place = { scope, key: seal.key, bodyHash: seal.bodyHash };
      for (let waited = 0; ; waited += pollMs) {
        const claim = await answers.claim(place);
        if (claim.kind === 'claimed') break;
        if (Buffer.compare(claim.bodyHash, place.bodyHash) !== 0) {
          return refused(
            'idempotency-key-reused',
            'This Idempotency-Key was used with another body. Use a new key for a new request.',
          );
        }
        if (claim.answer !== null) {
          return allowed({
            status: claim.answer.status,
            body: seal.open(claim.answer.sealed),
            repeated: true,
          });
        }
        if (waited >= waitMs) {
          return refused(
            'still-running',
            'The first request with this key is still being worked on. Ask again later.',
          );
        }
        await pause(pollMs);
      }
      try {
        const answer = await work();
        if (answer.status >= 500) await answers.release(place);
        else await answers.keep(place, { status: answer.status, sealed: seal.seal(answer.body) });
        return allowed({ ...answer, repeated: false });
      } catch (error) {
        await answers.release(place);
        throw error;
      }
    },
  };
}
