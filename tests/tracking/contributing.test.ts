import { describe, expect, test } from 'vitest';
import { sponsorOf, wayBetween, type ContributionFacts } from '../../src/domain/commitment/contribution.ts';
import type { CommitmentContext } from '../../src/domain/commitment/context.ts';
import { movesFor } from '../../src/domain/commitment/moves.ts';
import { after, answer, ask, by, committed, contextFor, done } from './situations.ts';
import { offer, on, proposed, terms } from './situations.ts';

const may = on('2026-05-01');
const year = { id: 'year', open: true, leads: ['cleo'] };
const half = { id: 'half', open: true, leads: ['ben', 'ana'] };
const over = { id: 'over', open: false, leads: ['cleo'] };
const self = { id: 'self', open: true, leads: ['ana'] };

/** Ben's promise is `self`; titles are told in capitals. */
function knowing(
  links: Readonly<Record<string, readonly string[]>> = {},
  more: Partial<CommitmentContext> = {},
): Partial<CommitmentContext> {
  const contribution: ContributionFacts = {
    id: 'self',
    parents: new Map([year, half, over, self].map((it) => [it.id, it])),
    links: new Map(Object.entries(links)),
    titleOf: (id) => id.toUpperCase(),
    administrator: 'olga',
  };
  return { contribution, ...more };
}
const contribute = (to: string) => ({ type: 'contribute', to }) as const;
const stop = (to: string) => ({ type: 'stop-contributing', to }) as const;

describe('what a promise contributes to', () => {
  test('[CM54] its owner says it and takes it back, and nothing of the promise changes', () => {
    for (const it of [proposed(), committed()]) {
      const said = after(it, 'ben', contribute('year'), may, knowing());
      expect(said).toEqual({ ...it, contributesTo: ['year'] });
      const both = after(said, 'ben', contribute('half'), may, knowing());
      expect(both.contributesTo).toEqual(['year', 'half']);
      expect(after(both, 'ben', stop('year'), may, knowing())).toEqual({ ...it, contributesTo: ['half'] });
    }
    for (const person of ['ana', 'cleo', 'olga', 'finn']) {
      expect(answer(ask(committed(), person, contribute('year'), may, knowing()))).toBe('not-yours');
    }
  });

  test('[CM54] not to itself, twice, to what has ended or is not there', () => {
    const code = (to: string, it = committed()) => answer(ask(it, 'ben', contribute(to), may, knowing()));
    expect(code('self')).toBe('invalid');
    expect(code('over')).toBe('wrong-parent');
    expect(code('elsewhere')).toBe('unknown-parent');
    const said = after(committed(), 'ben', contribute('year'), may, knowing());
    expect(answer(ask(said, 'ben', contribute('year'), may, knowing()))).toBe('nothing-changed');
    expect(answer(ask(said, 'ben', stop('half'), may, knowing()))).toBe('nothing-changed');
  });

  test('[CM54] it outlasts a card that is offered again, a yes and an end, and what ended says no more', () => {
    const said = after(proposed(), 'ben', contribute('year'), may, knowing());
    const other = { ...offer, terms: { ...terms, due: '2026-06-30' } };
    const again = after(said, 'ana', { type: 'offer', ...other }, may);
    expect(again.contributesTo).toEqual(['year']);
    const yes = after(again, 'ben', { type: 'accept', confidence: 70 }, may);
    const ended = after(yes, 'ben', done, may);
    expect([yes.contributesTo, ended.contributesTo]).toEqual([['year'], ['year']]);
    expect(answer(ask(ended, 'ben', contribute('half'), may, knowing()))).toBe('wrong-state');
    expect(movesFor(ended, by('ben'), may, contextFor('ben'))).not.toContain('stop-contributing');
    expect(movesFor(yes, by('ben'), may, contextFor('ben'))).toContain('stop-contributing');
    expect(movesFor(committed(), by('ben'), may, contextFor('ben'))).not.toContain('stop-contributing');
  });

  test('[CM55] never in a circle, and the way is named', () => {
    const links = { year: ['half'], half: ['decade', 'self'] };
    expect(ask(committed(), 'ben', contribute('year'), may, knowing(links))).toMatchObject({
      refusal: {
        code: 'circle',
        path: 'to',
        message: expect.stringContaining('“SELF” → “YEAR” → “HALF” → “SELF”') as string,
      },
    });
    expect(answer(ask(committed(), 'ben', contribute('year'), may, knowing({ year: ['half'] })))).toBe(
      'allowed',
    );
  });

  test('[CM55] the shortest way is found, and a circle that is there already ends the search', () => {
    const links = new Map(Object.entries({ a: ['b', 'c'], b: ['d'], d: ['e'], c: ['e'], e: ['a'] }));
    expect(wayBetween(links, 'a', 'e')).toEqual(['a', 'c', 'e']);
    expect(wayBetween(links, 'a', 'z')).toBeNull();
    expect(wayBetween(links, 'a', 'a')).toEqual(['a']);
  });

  test('[CM59] its sponsor is the lead of the other’s team, unless he owns it, else an administrator', () => {
    expect(sponsorOf('ben', [{ leads: ['cleo'] }], 'olga')).toBe('cleo');
    expect(sponsorOf('ben', [{ leads: ['ben', 'ana'] }], 'olga')).toBe('ana');
    expect(sponsorOf('ben', [{ leads: ['ben'] }], 'olga')).toBe('olga');
    expect(sponsorOf('ben', [{ leads: [] }, { leads: ['cleo'] }], 'olga')).toBe('cleo');
    expect(sponsorOf('olga', [], 'olga')).toBeNull();
  });

  test('[CM59] where the depth asks for one: from then on he agrees to changes, and taken back an administrator does', () => {
    const standard = knowing({}, { depth: 'standard' });
    const said = after(committed({ sponsor: 'olga' }), 'ben', contribute('year'), may, standard);
    expect(said.sponsor).toBe('cleo');
    const change = { why: 'other words' };
    const rescope = { type: 'rescope', change, reason: 'learning', text: 'we know more' } as const;
    const asked = after(said, 'ben', rescope, may, standard);
    expect(asked).toMatchObject({ pending: { sponsorAgreed: false } });
    expect(after(asked, 'cleo', { type: 'agree-rescope' }, may, standard).versions).toHaveLength(2);
    const both = after(said, 'ben', contribute('half'), may, standard);
    expect(both.sponsor).toBe('cleo');
    expect(after(both, 'ben', stop('year'), may, standard).sponsor).toBe('ana');
    expect(after(said, 'ben', stop('year'), may, standard).sponsor).toBe('olga');
    const light = after(committed(), 'ben', contribute('year'), may, knowing());
    expect(light.sponsor).toBeNull();
    const week = committed({ terms: { ...terms, horizon: 'week' } });
    expect(after(week, 'ben', contribute('year'), may, standard).sponsor).toBeNull();
  });

  test('[CM59] a card offered again does not swap who agrees, unless he is to own it', () => {
    const standard = knowing({}, { depth: 'standard' });
    const said = after(proposed({ sponsor: 'olga' }), 'ben', contribute('year'), may, standard);
    const again = (owner: string) =>
      after(
        said,
        'ana',
        { type: 'offer', ...offer, owner, sponsor: 'olga', terms: { ...terms, weight: 5 } },
        may,
      );
    expect([again('dan').sponsor, again('cleo').sponsor]).toEqual(['cleo', 'olga']);
  });

  test('[CM59] while a change waits for an answer nobody says anything else', () => {
    const standard = knowing({}, { depth: 'standard' });
    const said = after(committed({ sponsor: 'olga' }), 'ben', contribute('year'), may, standard);
    const change = { why: 'other words' };
    const rescope = { type: 'rescope', change, reason: 'learning', text: 'we know more' } as const;
    const asked = after(said, 'ben', rescope, may, standard);
    for (const command of [contribute('half'), stop('year')]) {
      expect(answer(ask(asked, 'ben', command, may, standard))).toBe('wrong-state');
      expect(movesFor(asked, by('ben'), may, contextFor('ben'))).not.toContain(command.type);
    }
  });
});
