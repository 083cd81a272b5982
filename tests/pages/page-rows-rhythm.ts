import type { Came } from './page-calls.ts';
import type { PageIds, PageRow } from './page-row.ts';

const no: readonly Came[] = ['refused', 'forbidden', 'not-found'];
const asked: readonly Came[] = ['done', 'elsewhere', ...no];
const administratorsOnly = { member: no, lead: no, administrator: asked } as const;
/** Its stranger may arrange the own organisation as he likes. */
const inOnesOwn = { stranger: asked } as const;
const ritual = (ids: PageIds) => ({ id: ids.ritual ?? '' });
const occurrence = (ids: PageIds) => ({ id: ids.occurrence ?? '' });
const weekly = (ids: PageIds) => ({
  ...{ statement: 'Call three customers', due: '2099-01-02', ownerId: ids['person'] ?? '' },
});
const terms = {
  ...{ kind: 'custom', title: 'Retreat', ruleType: 'dates', dates: '2026-07-01', time: '10:00', zone: 'UTC' },
  ...{ durationMinutes: '60', starts: '2026-06-01' },
};
const months = {
  ...{ kind: 'months', startMonth: '1', weekStart: '1', labelYear: 'ends', planPeriod: 'quarter' },
  straddle: 'majority',
};

/** Calendar, days off, rituals, meetings, calendar addresses and promises for a week. */
export const rhythmRows: Readonly<Record<string, PageRow>> = {
  '/(app)/rhythm load': {},
  '/(app)/rhythm/book load': {},
  '/(app)/rhythm/book book': {
    form: () => ({
      book: 'weekly',
      'weekly.time': '10:00',
      'weekly.durationMinutes': '30',
      starts: '2026-06-01',
    }),
    expect: inOnesOwn,
  },
  '/(app)/rhythm/new load': {},
  '/(app)/rhythm/new book': { form: () => terms, expect: inOnesOwn },
  '/(app)/rhythm/feeds load': {},
  '/(app)/rhythm/feeds make': {
    form: () => ({ of: 'person' }),
    expect: { ...inOnesOwn, observer: ['done'] },
    own: true,
  },
  '/(app)/rhythm/feeds revoke': { form: ({ feed = '' }) => ({ id: feed }) },
  '/(app)/rhythm/[id] load': { params: ritual, expect: { stranger: ['not-found'] } },
  '/(app)/rhythm/[id] change': {
    params: ritual,
    form: () => ({ ...terms, ruleType: 'weekly', everyWeeks: '1', weekdays: '1', title: 'Weekly' }),
  },
  '/(app)/rhythm/[id] add': { params: ritual, form: () => ({ date: '2026-04-16', time: '10:00' }) },
  '/(app)/rhythm/[id] end': { params: ritual, form: () => ({ reason: 'for a test' }) },
  '/(app)/rhythm/occurrences/[id] load': {
    params: occurrence,
    expect: {
      ...{ stranger: ['not-found'], lead: ['shown', 'not-found'], administrator: ['shown', 'not-found'] },
    },
  },
  '/(app)/rhythm/occurrences/[id] start': { params: occurrence },
  '/(app)/rhythm/occurrences/[id] skip': { params: occurrence, form: () => ({ reason: 'for a test' }) },
  '/(app)/rhythm/occurrences/[id] move': {
    params: occurrence,
    form: () => ({ toDate: '2026-04-08', toTime: '10:00' }),
  },
  '/(app)/rhythm/occurrences/[id] restore': { params: occurrence },
  '/(app)/settings/calendar load': { query: `?${new URLSearchParams(months).toString()}` },
  '/(app)/settings/calendar save': {
    form: () => months,
    expect: { ...administratorsOnly, ...inOnesOwn },
  },
  '/(app)/settings/days load': {},
  '/(app)/settings/days holidays': {
    form: () => ({ list: '2026-12-25 Christmas' }),
    expect: { ...administratorsOnly, ...inOnesOwn },
  },
  '/(app)/settings/days freeze': {
    form: ({ team = '' }) => ({ team, start: '2026-08-03', end: '2026-08-07', label: 'Fair' }),
    expect: { member: no },
  },
  '/(app)/settings/days leave': {
    form: ({ person = '' }) => ({ personId: person, start: '2026-08-03', end: '2026-08-07' }),
    expect: { member: no, lead: no },
  },
  '/(app)/settings/days remove': {
    form: ({ dayOff = '' }) => ({ id: dayOff }),
    expect: administratorsOnly,
  },
  '/(app)/settings/days back': {
    form: ({ leave = '' }) => ({ id: leave }),
    expect: { member: no, lead: no },
  },
  '/(app)/settings/days zone': {
    form: ({ team = '' }) => ({ team, zone: 'Europe/Berlin' }),
    expect: { member: no },
  },
  '/calendar/[token].ics GET': {
    params: () => ({ token: 'wrong' }),
    expect: Object.fromEntries(
      ['nobody', 'stranger', 'observer', 'member', 'lead', 'administrator'].map((it) => [it, ['not-found']]),
    ),
  },
  '/(app)/home promise': { form: weekly },
  '/(app)/teams/[id] promise': { params: (ids) => ({ id: ids['team'] ?? '' }), form: weekly },
};
