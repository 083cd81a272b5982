import { describe, expect, test } from 'vitest';
import type { TLShapeId } from 'tldraw';
import type { DependencyTruth } from '#protocol/views/tracking.ts';
import { chooseShown, type Drawn } from './shown-dependencies.ts';

const id = (name: string) => `shape:${name}` as TLShapeId;
const drawn = (name: string, tail: string, head: string): Drawn => ({
  ...{ arrow: id(name), key: name, tail: id(tail), tailIsArea: false, head: id(head) },
});
/** Many lines between other cards, so that the board is dense. */
const crowd = Array.from({ length: 40 }, (_, i) => drawn(`other-${i}`, `t-${i}`, `h-${i}`));
const truth = (over: Partial<DependencyTruth>): DependencyTruth => ({
  ...{ id: 'd', status: 'accepted', word: '', flags: [], timing: 'none', promisedFor: null, neededBy: null },
  ...{ requesterTeamId: null, providerTeamId: null, providerPersonId: null, respondBy: null, version: 1 },
  ...over,
});
const nobody = { looked: new Set<string>(), myTeams: [], known: () => null };
const names = (ids: ReadonlySet<TLShapeId>) => [...ids].map((it) => it.slice('shape:'.length));

describe('dependency lines', () => {
  test('[CV3] a board with few lines shows them all with their words', () => {
    const { lines, chips } = chooseShown([drawn('a', 'x', 'y'), drawn('b', 'y', 'z')], nobody);
    expect(names(lines)).toEqual(['a', 'b']);
    expect(names(chips)).toEqual(['a', 'b']);
  });

  test('[CV3] a dense board at rest shows none', () => {
    expect(chooseShown(crowd, nobody).lines.size).toBe(0);
  });

  test('[CV3] a dense board shows the lines of the card that is pointed at', () => {
    const all = [...crowd, drawn('needs', 'card', 'y'), drawn('gives', 'z', 'card')];
    const { lines, chips } = chooseShown(all, { ...nobody, looked: new Set([id('card')]) });
    expect(names(lines)).toEqual(['needs', 'gives']);
    expect(names(chips)).toEqual(['needs', 'gives']);
  });

  test('[CV3] red lines and those of my teams stay, until they are delivered', () => {
    const all = [...crowd, drawn('red', 'a', 'b'), drawn('mine', 'c', 'd'), drawn('over', 'e', 'f')];
    const known = (key: string) =>
      ({
        red: truth({ timing: 'late' }),
        mine: truth({ providerTeamId: 'team' }),
        over: truth({ status: 'confirmed', timing: 'late', providerTeamId: 'team' }),
      })[key] ?? null;
    expect(names(chooseShown(all, { ...nobody, myTeams: ['team'], known }).lines)).toEqual(['red', 'mine']);
  });

  test('[CV3] a withdrawn ask is not drawn, whoever looks', () => {
    const looking = { ...nobody, looked: new Set([id('a')]), known: () => truth({ status: 'withdrawn' }) };
    expect(chooseShown([drawn('x', 'a', 'b')], looking).lines.size).toBe(0);
  });

  test('[CV3] more words than fit at one card are said only by the line that is pointed at', () => {
    const many = Array.from({ length: 9 }, (_, i) => drawn(`n-${i}`, 'card', `y-${i}`));
    const looked = new Set<string>([id('card'), id('n-3')]);
    const { lines, chips } = chooseShown([...crowd, ...many], { ...nobody, looked });
    expect(lines.size).toBe(9);
    expect(names(chips)).toEqual(['n-3']);
  });
});
