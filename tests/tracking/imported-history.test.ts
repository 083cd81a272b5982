import { describe, expect, test } from 'vitest';
import { decide } from '../../src/domain/commitment/decide.ts';
import { foldAll } from '../../src/domain/commitment/fold.ts';
import type { Commitment } from '../../src/domain/commitment/commitment.ts';
import type { CommitmentCommand } from '../../src/domain/commitment/command.ts';
import { progressOf } from '../../src/domain/commitment/progress.ts';
import { lastValues } from '../../src/domain/commitment/check-in.ts';
import { termsNow } from '../../src/domain/commitment/commitment.ts';
import {
  answer,
  ask,
  clock,
  contextFor,
  offer,
  on,
  planningDay,
  proposed,
  report,
  signups,
  terms,
} from './situations.ts';

const source = { person: null, via: 'import' } as const;
const importing = contextFor(null, { importing: true });
const tasks = { ...signups, key: 'tasks', title: 'Tasks done', baseline: 0, target: 20 };
const play = (it: Commitment | null, command: CommitmentCommand, at: number) => {
  const outcome = decide(it, command, source, at, importing);
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return foldAll(outcome.value, it) ?? proposed();
};
const accept = { type: 'accept', confidence: null, perSource: true } as const;
const promised = () => {
  const offered = { ...offer, terms: { ...terms, measures: [tasks] }, closesAt: on('2026-08-05') };
  return play(play(null, { type: 'offer', ...offered }, planningDay), accept, planningDay);
};
const said = (id: string, slot: string, values: object) =>
  ({
    ...report,
    ...{ type: 'check-in', id, slot, values, status: null, confidence: null, byName: 'someone' },
  }) as CommitmentCommand;

describe('imported history', () => {
  test('[CM41] only an import accepts in a source’s name', () => {
    expect(promised()).toMatchObject({
      status: 'committed',
      acceptedPerSource: true,
      acceptedAt: planningDay,
    });
    expect(answer(ask(proposed(), 'ben', accept, planningDay))).toBe('not-yours');
    expect(answer(ask(proposed(), 'olga', accept, planningDay))).toBe('not-yours');
  });

  test('[CM41] the latest text of a period is the check-in, earlier ones its revisions', () => {
    const it = play(
      play(promised(), said('u1', 'may', { tasks: 3 }), on('2026-05-20')),
      said('u2', 'may', { tasks: 5 }),
      on('2026-06-02'),
    );
    expect(it.checkIns).toMatchObject([
      { id: 'u1', slot: 'may', revises: null, by: null, byName: 'someone' },
      { id: 'u2', slot: 'may', revises: 'u1', status: null, confidence: null },
    ]);
  });

  test('[CM41] changed totals are neither easing nor slip', () => {
    const fewer = play(
      promised(),
      { type: 'rebase', change: { measures: [{ ...tasks, target: 10 }] } },
      on('2026-05-20'),
    );
    expect(fewer.versions[1]).toMatchObject({ reason: 'import', easedBy: 0, daysSlipped: 0 });
    const at = play(fewer, said('u1', 'may', { tasks: 5 }), on('2026-05-20'));
    expect(progressOf(termsNow(at), lastValues(at.checkIns))).toBe(0.5);
    const own = decide(
      promised(),
      { type: 'rebase', change: { due: null } },
      source,
      planningDay,
      contextFor('ben'),
    );
    expect(answer(own)).toBe('not-yours');
  });

  test('[CM22][CM41] without an outcome the clock closes it at the source’s close, cause not in source', () => {
    const before = decide(promised(), { type: 'tick' }, clock, on('2026-08-05') - 1, contextFor(null));
    expect(before).toEqual({ ok: true, value: [] });
    const outcome = decide(promised(), { type: 'tick' }, clock, on('2026-09-01'), contextFor(null));
    expect(foldAll(outcome.ok ? outcome.value : [], promised())).toMatchObject({
      missed: { at: on('2026-08-05'), cause: { code: 'not-in-source' } },
    });
  });
});
