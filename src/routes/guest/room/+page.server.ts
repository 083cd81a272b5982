import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { GuestCommand } from '#protocol/views/guest.ts';
import { line, readForm, whole } from '../../read-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The session as its guest sees it. Who is let in no more is shown out. */
export const load: PageServerLoad = async ({ locals, depends, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  depends('guest:room');
  const { token } = locals.guest;
  const room = token === undefined ? null : await locals.app.facilitation.guests.room(token);
  if (room === null) redirect(303, '/guest');
  return { room };
};

const pick = 'Pick one of what is offered.';

/** One act of a guest, out of its form. */
const act =
  <S extends z.ZodType>(name: string, shape: S, command: (read: z.output<S>) => GuestCommand, done: string) =>
  async ({ locals, request }: { locals: App.Locals; request: Request }) => {
    const read = await readForm(request, name, shape);
    if (!read.ok) return read.answer;
    const { token } = locals.guest;
    if (token === undefined) redirect(303, '/guest');
    const given = await locals.app.facilitation.guests.command(token, command(read.value));
    return given.ok ? read.done(done) : read.refuse(given.refusal);
  };

export const actions: Actions = {
  vote: act(
    'vote',
    z.object({ item: z.uuid(pick), value: whole(0, 10, pick) }),
    ({ item, value }) => ({ type: 'vote', item, value }),
    'Your vote is counted.',
  ),
  park: act(
    'park',
    z.object({ title: line('Write what is parked.') }),
    ({ title }) => ({ type: 'park', title }),
    'It is parked.',
  ),
  rate: act(
    'rate',
    z.object({ value: whole(1, 10, pick) }),
    ({ value }) => ({ type: 'rate', value }),
    'Thank you.',
  ),
};
