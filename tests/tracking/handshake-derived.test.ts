import { describe, expect, test } from 'vitest';
import { flagsOf, slipDays, timingOf } from '../../src/domain/dependency/flags.ts';
import { decide } from '../../src/domain/dependency/decide.ts';
import { foldAll } from '../../src/domain/dependency/fold.ts';
import { movesFor } from '../../src/domain/dependency/moves.ts';
import { wordFor } from '../../src/domain/dependency/words.ts';
import {
  agree,
  agreed,
  answer,
  asked,
  contextOf,
  countered,
  declined,
  delivered,
  draft,
  drawn,
  move,
  moved,
} from './asks.ts';
import { by, on, planningDay, standingOf, zone } from './situations.ts';

const may = on('2026-05-04');
const flags = (it: Parameters<typeof flagsOf>[0], at: number) => flagsOf(it, at, contextOf(null));

describe('derived', () => {
  test('[DP15] late is agreed and past the promised day', () => {
    expect(flags(agreed(), on('2026-05-20', '23:59'))).toEqual([]);
    expect(flags(agreed(), on('2026-05-21', '00:00'))).toEqual(['late']);
    expect([slipDays(agreed(), on('2026-05-20'), zone), slipDays(agreed(), on('2026-05-23'), zone)]).toEqual([
      0, 3,
    ]);
    const late = delivered(on('2026-05-25'));
    expect([slipDays(late, on('2026-06-25'), zone), flags(late, on('2026-05-26'))]).toEqual([5, []]);
    expect(slipDays(asked(), may, zone)).toBe(0);
  });

  test('[DP16] colour is timing only', () => {
    const columns = [
      { start: '2026-05-01', end: '2026-05-31' },
      { start: '2026-06-01', end: '2026-06-30' },
    ];
    expect(timingOf(asked(), may, zone)).toBe('none');
    expect(timingOf(asked(), on('2026-05-30', '00:00'), zone)).toBe('late');
    expect(timingOf(agreed(), may, zone)).toBe('early');
    expect(timingOf(agreed(), may, zone, columns)).toBe('tight');
    expect(timingOf(moved(asked(), 'cleo', { ...agree, date: '2026-05-25' }, may), may, zone)).toBe('tight');
    expect(timingOf(moved(agreed(), 'dan', { type: 'flag', date: null, why: 'x' }, may), may, zone)).toBe(
      'tight',
    );
    expect(timingOf(agreed(), on('2026-05-21'), zone)).toBe('late');
    expect(timingOf(moved(delivered(may), 'ben', { type: 'confirm' }, may), may, zone)).toBe('none');
  });

  test('[DP17] words on the screen', () => {
    const states = [drawn(), asked(), countered(), agreed(), delivered(), declined()];
    const ends = [
      moved(delivered(may), 'ben', { type: 'confirm' }, may),
      moved(agreed(), 'cleo', { type: 'renege', reason: 'x' }, may),
      moved(asked(), 'ben', { type: 'withdraw' }, may),
    ];
    expect([...states, ...ends].map(wordFor)).toEqual([
      ...[
        'not sent',
        'asked',
        'counter-offer',
        'agreed',
        'delivered',
        'declined',
        'done',
        'taken back',
        'withdrawn',
      ],
    ]);
  });

  test('[DP19] each move is offered only to its actor', () => {
    const offered = (it: ReturnType<typeof asked>, person: string) =>
      movesFor(it, by(person), standingOf(person));
    expect(offered(asked(), 'cleo')).toEqual(['accept', 'counter', 'decline', 'say-yes-aloud']);
    expect(offered(asked(), 'ben')).toEqual(['withdraw', 'own-as-risk', 'say-yes-aloud']);
    expect(offered(asked(), 'finn')).toEqual([]);
    expect(offered(countered(), 'cleo')).toEqual([]);
    expect(offered(countered(), 'ben')).toEqual(['counter', 'accept-counter', 'withdraw', 'own-as-risk']);
    expect(offered(agreed(), 'dan')).toEqual(['flag', 'deliver', 'renege', 'renegotiate', 'serve-by']);
    expect(offered(agreed(), 'ana')).toEqual(['release', 'renegotiate']);
    expect(offered(delivered(), 'ana')).toEqual(['confirm', 'reject']);
    expect(offered(delivered(), 'olga')).toEqual([]);
  });
});

describe('imported', () => {
  const importing = { importing: true };
  const imports = (state: 'requested' | 'delivered', it: ReturnType<typeof asked> | null = null) => {
    const outcome = decide(
      it,
      { type: 'import', state, ...draft },
      { person: null, via: 'import' },
      planningDay,
      contextOf(null, importing),
    );
    return foldAll(outcome.ok ? outcome.value : [], it);
  };

  test('[DP20] starts no clock until somebody sends it', () => {
    const it = imports('requested') ?? drawn();
    expect([it.status, flags(it, on('2027-01-01'))]).toEqual(['requested', []]);
    const sent = moved(it, 'ben', { type: 'send' }, may);
    expect(flags(sent, on('2026-05-12'))).toEqual(['unanswered']);
    expect(answer(move(sent, 'ben', { type: 'send' }, may))).toBe('wrong-state');
    expect(imports('delivered', sent)).toEqual(sent);
    expect(imports('delivered', it)).toMatchObject({ status: 'delivered', imported: true });
    expect(answer(move(null, 'olga', { type: 'import', state: 'accepted', ...draft }, may))).toBe(
      'not-yours',
    );
  });
});
