import type { MomentAsked } from '#protocol/views/board-history.ts';
import { signedIn, valueOf } from '../../../../signed-in.server.ts';
import { fromLocal, toLocal } from './local-moment.ts';
import type { PageServerLoad } from './$types';

/** The board at any moment its log covers: `?at=2026-04-02T14:05` where the organisation is, or `?edit=7`; `&card=` marks one. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const { timezone } = viewer.organisation;
  const board = valueOf(await app.planning.board(viewer, event.params.id));
  const [history, truth] = await Promise.all([
    app.planning.history(viewer, board.id),
    app.tracking.truth(viewer.organisationId, board.id),
  ]);
  const { stretches, restores } = valueOf(history);
  const typed = event.url.searchParams.get('at');
  const edit = Number(event.url.searchParams.get('edit') ?? NaN);
  const newest = stretches.at(-1);
  const asked: MomentAsked | null =
    typed !== null
      ? asTime(fromLocal(typed, timezone))
      : Number.isSafeInteger(edit) && edit > 0
        ? { seq: edit }
        : newest
          ? { seq: newest.seq }
          : null;
  const read = asked && (await app.planning.moment(viewer, board.id, asked));
  const shared = { board, stretches, restores, truth, card: event.url.searchParams.get('card') };
  if (!read?.ok) {
    const why =
      typed !== null && asked === null ? 'This is no time. Type it like 2 April 2026, 14:05.' : null;
    return { ...shared, asked: null, moment: null, typed, refusal: why ?? read?.refusal.message ?? null };
  }
  const { document: _, ...moment } = read.value;
  return { ...shared, asked, moment, typed: toLocal(moment.at, timezone), refusal: null };
};

const asTime = (at: number | null): MomentAsked | null => (at === null ? null : { at });
