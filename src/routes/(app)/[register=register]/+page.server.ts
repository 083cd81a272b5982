import { z } from 'zod';
import { readAsOf } from '../../as-of.server.ts';
import { readForm } from '../../read-form.server.ts';
import { signedIn } from '../../signed-in.server.ts';
import { registerAt } from './register-kind.ts';
import type { Actions, PageServerLoad } from './$types';

const isId = (id: string): boolean => /^[0-9a-f-]{36}$/i.test(id);

/** The entries of a register: open ones first asked for, narrowed by team, owner and board. */
export const load: PageServerLoad = async (event) => {
  const viewer = signedIn(event);
  const { app } = event.locals;
  const { kind } = registerAt(event.params.register);
  const read = (name: string): string => event.url.searchParams.get(name) ?? '';
  const filter = { show: read('show'), team: read('team'), owner: read('owner'), board: read('board') };
  const asOf = readAsOf(event.url, viewer);
  const all = await app.registers.list(viewer, kind, {
    ...(asOf !== null && { at: asOf.at }),
    ...(isId(filter.team) && { teamId: filter.team }),
    ...(isId(filter.owner) && { ownerId: filter.owner }),
    ...(isId(filter.board) && { boardId: filter.board }),
  });
  const ended = all.filter((it) => it.closedAt !== null);
  const open = all.filter((it) => it.closedAt === null);
  const boards = await app.planning.boards(viewer);
  return {
    path: event.params.register,
    kind,
    day: asOf?.day ?? null,
    filter,
    rows: filter.show === 'ended' ? ended : filter.show === 'all' ? all : open,
    counts: { open: open.length, ended: ended.length, urgent: open.filter(isUrgent).length },
    boards: boards.map(({ id, title }) => ({ id, title })),
  };
};

const urgentFlags = [
  'overdue',
  'revisit-due',
  'conflict',
  'check-due',
  'no-follow-up',
  'review-due',
  'act-overdue',
];
const isUrgent = ({ flags }: { flags: readonly string[] }): boolean =>
  flags.some((flag) => urgentFlags.includes(flag));

const ranked = z.looseObject({ id: z.uuid(), before: z.string() });

export const actions: Actions = {
  rank: async (event) => {
    const viewer = signedIn(event);
    const read = await readForm(event.request, 'rank', ranked);
    if (!read.ok) return read.answer;
    const { id, before } = read.value;
    const input = { before: before === '' ? null : before };
    const acted = await event.locals.app.registers.act(viewer, 'triage-item', id, 'rank', input);
    return acted.ok ? read.done('Moved.') : read.refuse(acted.refusal);
  },
};
