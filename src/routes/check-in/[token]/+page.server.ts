import { z } from 'zod';
import { rippleSentence } from '#lib/tracking/detail-sentence.ts';
import { noMovementOf } from '#domain/commitment/no-movement.ts';
import { checkInReport, repeatedReport, repeatFields, reportFields } from '../../check-in-actions.server.ts';
import { readForm } from '../../read-form.server.ts';
import { valueOf } from '../../signed-in.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What a link from a mail opens, without sign-in. Looking changes nothing: mail scanners look, too. */
export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const link = valueOf(await locals.app.notify.checkInLink(params.token));
  return {
    link,
    noMovement: link.state === 'open' ? noMovementOf(link.sheet.checkIns) : ('nothing-to-repeat' as const),
    ripple: link.state === 'open' ? rippleSentence(link.serves) : null,
    // Its page tells the time where the organisation is, whoever looks and wherever they are signed in.
    clock: { now: link.now, timezone: link.timezone },
  };
};

const nothing = z.object({});

export const actions: Actions = {
  report: async ({ locals, params, request }) => {
    const read = await readForm(request, 'check-in', reportFields);
    if (!read.ok) return read.answer;
    const input = checkInReport(read.value, read.posted);
    if (!input.ok) return read.refuse(input.refusal);
    const said = await locals.app.notify.checkInByLink(params.token, input.value);
    return said.ok ? read.done('Thank you, it is said.') : read.refuse(said.refusal);
  },
  noMovement: async ({ locals, params, request }) => {
    const read = await readForm(request, 'no-movement', repeatFields);
    if (!read.ok) return read.answer;
    const link = valueOf(await locals.app.notify.checkInLink(params.token));
    if (link.state !== 'open') return read.refuse({ code: 'link-over', message: 'It is answered already.' });
    const input = repeatedReport(link.sheet, read.value);
    if (!input.ok) return read.refuse(input.refusal);
    const said = await locals.app.notify.checkInByLink(params.token, input.value);
    return said.ok ? read.done('Thank you, it is said.') : read.refuse(said.refusal);
  },
  undo: async ({ locals, params, request }) => {
    const read = await readForm(request, 'undo', nothing);
    if (!read.ok) return read.answer;
    const undone = await locals.app.notify.undoByLink(params.token);
    return undone.ok ? read.done('It is taken back.') : read.refuse(undone.refusal);
  },
  notMe: async ({ locals, params, request }) => {
    const read = await readForm(request, 'not-me', nothing);
    if (!read.ok) return read.answer;
    const revoked = await locals.app.notify.revokeLink(params.token);
    return revoked.ok ? read.done('The link opens nothing any more.') : read.refuse(revoked.refusal);
  },
};
