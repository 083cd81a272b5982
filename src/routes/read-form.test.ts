import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { refused } from '#domain/outcome.ts';
import { onLookAgain } from './look-again.server.ts';
import { choice, fieldOf, line, readForm, several, text, whole } from './read-form.server.ts';

function posted(fields: readonly (readonly [string, string | Blob])[]): Request {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  return new Request('http://localhost/', { method: 'POST', body });
}

const schema = z.object({
  name: line('Give a name.'),
  days: whole(1, 90, 'Between 1 and 90 days.'),
  board: choice,
  teams: several,
  password: z.string().min(8, 'At least 8 characters.'),
});

const right = [
  ['name', '  Payments '],
  ['days', '7'],
  ['board', ''],
  ['teams', 'a'],
  ['teams', 'b'],
  ['password', 'long enough'],
] as const;

describe('reading a form', () => {
  test('[PG74] who asks is read once more when the act is done and before the answer, not when it is refused', async () => {
    const request = posted(right);
    const looked: string[] = [];
    onLookAgain(request, () => Promise.resolve(void looked.push('again')));
    const read = await readForm(request, 'form', schema);
    if (!read.ok) throw new Error('refused');
    read.refuse({ code: 'no', message: 'No.' });
    expect(looked).toEqual([]);
    const { done } = await read.done('Saved.');
    expect([done, looked]).toEqual(['Saved.', ['again']]);
  });

  test('[PG6] a file is read as its text; none chosen is empty', async () => {
    const list = z.object({ file: text(100) });
    const of = (file: Blob) => readForm(posted([['file', file]]), 'days', list);
    expect(await of(new File(['2026-12-25 Christmas'], 'days.txt'))).toMatchObject({
      value: { file: '2026-12-25 Christmas' },
    });
    expect(await of(new File([], ''))).toMatchObject({ value: { file: '' } });
  });

  test('[PG6] trims, turns numbers, keeps lists and takes an empty choice for none', async () => {
    const read = await readForm(posted(right), 'team', schema);
    expect(read.ok && read.value).toEqual({
      name: 'Payments',
      days: 7,
      board: null,
      teams: ['a', 'b'],
      password: 'long enough',
    });
  });

  test('[PG6] a fault names its field, keeps what was typed, and never sends a secret back', async () => {
    const wrong = [
      ['name', ''],
      ['days', 'soon'],
      ['teams', 'a'],
      ['password', 'short'],
    ] as const;
    const read = await readForm(posted(wrong), 'team', schema);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.answer.status).toBe(400);
    expect(read.answer.data).toEqual({
      form: 'team',
      message: 'Some fields need another look.',
      faults: { name: 'Give a name.', days: 'Between 1 and 90 days.', password: 'At least 8 characters.' },
      typed: { name: [''], days: ['soon'], teams: ['a'] },
      done: null,
    });
  });

  test('[PG6] a rule’s refusal finds its field and keeps what was typed', async () => {
    const read = await readForm(posted([...right, ['form', 'moves:rescope']]), 'act', schema);
    if (!read.ok) throw new Error('The form was refused.');
    const { refusal } = refused('invalid', 'Give the due as a day.', { path: 'change.due' });
    const answer = read.refuse(refusal);
    expect(answer.data.form).toBe('moves:rescope');
    expect(answer.data.faults).toEqual({ due: 'Give the due as a day.' });
    expect(answer.data.typed['name']).toEqual(['  Payments ']);
  });

  test.each([
    ['$.change.due', 'due'],
    ['/blocker/kind', 'blocker.kind'],
    ['fill.baselines.p95', 'baselines.p95'],
    ['values.m1', 'values.m1'],
    ['confidence', 'confidence'],
  ])('[PG6] the path %s is the field %s', (path, field) => {
    expect(fieldOf(path)).toBe(field);
  });
});
