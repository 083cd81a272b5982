import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { RitualTerms } from '#domain/rhythm/ritual.ts';
import { chosenOffers, suitingZones } from '../../../offer-input.ts';
import { readForm, several } from '../../../read-form.server.ts';
import { signedIn, valueOf, type SignedIn } from '../../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Rituals prefilled for a team, a board or everybody; booked all at once. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const of = readOf(event.url, viewer.teams[0]?.teamId);
  const offers = valueOf(await app.rhythm.offers(viewer, of));
  const board = of.boardId === undefined ? null : valueOf(await app.planning.board(viewer, of.boardId));
  const first = offers[0]?.terms;
  const turns = first === undefined || first.kind !== 'weekly' ? [] : await turnsFor(app, viewer, first);
  // Nothing to offer where the weekly's own time suits everybody.
  const rotation = turns.length === 0 || turns.join() === first?.time ? null : turns;
  return { of, offers, board, rotation };
};

/** Times for a meeting that share the burden between the zones of its teams. */
function turnsFor(
  app: App.Locals['app'],
  viewer: SignedIn,
  { teams, zone, time, durationMinutes }: RitualTerms,
): Promise<readonly string[]> {
  return app.rhythm.rotationFor(viewer, { teamIds: teams, zone, time, durationMinutes });
}

function readOf(url: URL, home: string | undefined): { teamId?: string; boardId?: string } {
  const [boardId, teamId] = [url.searchParams.get('board'), url.searchParams.get('team')];
  if (boardId !== null) return { boardId };
  if (teamId === 'all') return {};
  if (teamId !== null) return { teamId };
  return home === undefined ? {} : { teamId: home };
}

const asked = z.looseObject({
  book: several,
  starts: z.string().optional(),
  rotate: z.string().optional(),
});

export const actions: Actions = {
  book: async (event) => {
    const viewer = signedIn(event);
    const { app } = event.locals;
    const read = await readForm(event.request, 'book', asked);
    if (!read.ok) return read.answer;
    const of = readOf(event.url, viewer.teams[0]?.teamId);
    const offers = valueOf(await app.rhythm.offers(viewer, of));
    const field = (name: string): string | null => read.posted.get(name)?.[0] ?? null;
    const ticked = chosenOffers(offers, field, read.value.book);
    const chosen = suitingZones(ticked, (read.value.rotate ?? '').split(','));
    const booked = await app.rhythm.book(viewer, chosen);
    if (!booked.ok) return read.refuse(booked.refusal);
    redirect(303, of.boardId === undefined ? '/rhythm' : `/board/${of.boardId}`);
  },
};
