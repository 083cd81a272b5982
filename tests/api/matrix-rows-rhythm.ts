import type { MatrixIds, MatrixRow } from './matrix-rows.ts';

const forbidden = [403];
/** Who may arrange what, and when, is the domain's: what matters here is that it was asked. */
const decided = [200, 201, 403, 404, 409, 422];
const text = 'for a test';

const arrange = (body: (ids: MatrixIds) => unknown): MatrixRow => ({
  ids: ['ritual'],
  body,
  member: decided,
  administrator: decided,
});
const quarters = {
  settings: {
    ...{ shape: { kind: 'months', startMonth: 1 }, weekStart: 1, labelYear: 'ends' },
    ...{ planPeriod: 'quarter', straddle: 'majority' },
  },
};

/** Calendar, days off, rituals and feeds. */
export const rhythmRows: Readonly<Record<string, MatrixRow>> = {
  'GET /calendar': {},
  'POST /calendar/preview': { body: () => quarters },
  'POST /calendar': { body: () => quarters, member: forbidden },
  'GET /calendar/year': {},
  'POST /teams/:id/zone': { ids: ['team'], body: () => ({ zone: 'Europe/Berlin' }), member: forbidden },
  'GET /days-off': {},
  'POST /days-off': {
    body: () => ({ kind: 'holiday', text: '2026-12-25 Christmas' }),
    member: forbidden,
  },
  'DELETE /days-off/:id': { ids: ['dayOff'], member: forbidden, administrator: [200, 404] },
  'GET /leaves': {},
  'POST /leaves': {
    body: ({ person }) => ({ personId: person, start: '2026-08-03', end: '2026-08-07' }),
    member: forbidden,
    stranger: [422],
  },
  'DELETE /leaves/:id': { ids: ['leave'], member: forbidden, administrator: [200, 404] },
  'GET /calendar-feeds': {},
  'POST /calendar-feeds': { body: () => ({ kind: 'person' }) },
  'DELETE /calendar-feeds/:id': { ids: ['feed'], member: [404], administrator: [200, 404] },
  'GET /rituals': {},
  'POST /rituals': {
    body: () => ({
      rituals: [
        {
          ...{ kind: 'custom', title: 'Retreat', rule: { type: 'dates', dates: ['2026-07-01'] } },
          ...{ time: '10:00', zone: 'UTC', durationMinutes: 60, starts: '2026-06-01' },
        },
      ],
    }),
    member: forbidden,
  },
  'GET /rituals/offers': {},
  'GET /rituals/:id': { ids: ['ritual'] },
  'POST /rituals/:id/change': arrange(() => ({ terms: { time: '11:00' } })),
  'POST /rituals/:id/split': arrange(() => ({ from: '2026-05-04', terms: { time: '12:00' } })),
  'POST /rituals/:id/skip': arrange(() => ({ date: '2026-04-13', reason: text })),
  'POST /rituals/:id/move': arrange(() => ({ date: '2026-04-20', toDate: '2026-04-21', toTime: '10:00' })),
  'POST /rituals/:id/add': arrange(() => ({ date: '2026-04-16', time: '10:00' })),
  'POST /rituals/:id/restore': arrange(() => ({ date: '2026-04-13' })),
  'POST /rituals/:id/end': arrange(() => ({ reason: text })),
  'GET /occurrences': {},
  // Ended by the row above, when that was allowed.
  'GET /occurrences/:id': { ids: ['occurrence'], administrator: [200, 404] },
};
