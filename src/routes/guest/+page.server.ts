import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { longestGuestName } from '#domain/facilitation/guests.ts';
import { line, readForm } from '../read-form.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The door for people without an account. It shows the same whatever code the address carries. */
export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const { token } = locals.guest;
  if (token !== undefined) {
    if ((await locals.app.facilitation.guests.room(token)) !== null) redirect(303, '/guest/room');
    locals.guest.forget();
  }
  return { code: url.searchParams.get('code')?.slice(0, 20) ?? '', over: token !== undefined };
};

const asked = z.object({
  name: line('Say what people call you.', longestGuestName),
  code: line('Give the code of the session.', 20),
});

export const actions: Actions = {
  default: async ({ locals, request }) => {
    const read = await readForm(request, 'join', asked);
    if (!read.ok) return read.answer;
    const { viewer, client, app, guest } = locals;
    // Who is in already comes in no second time: one browser is one voter.
    if (guest.token !== undefined && (await app.facilitation.guests.room(guest.token)) !== null)
      redirect(303, '/guest/room');
    const joined = await app.facilitation.guests.join(read.value, { address: client.address, viewer });
    if (!joined.ok) return read.refuse(joined.refusal);
    guest.keep(joined.value.token);
    redirect(303, '/guest/room');
  },
};
