import type { Came } from './page-calls.ts';
import type { PageIds, PageRow } from './page-row.ts';

const no: readonly Came[] = ['refused', 'forbidden', 'not-found'];
/** Its stranger may meet in the own organisation as he likes. */
const inOnesOwn = { stranger: ['done', 'elsewhere', ...no] } as const;
const one = (name: string) => (ids: PageIds) => ({ id: ids[name] ?? '' });

/** Sessions, live and afterwards. */
export const sessionRows: Readonly<Record<string, PageRow>> = {
  '/(app)/sessions load': {},
  '/(app)/sessions plan': { form: () => ({ kind: 'weekly' }), expect: inOnesOwn },
  '/(app)/sessions/[id] load': { params: one('session'), expect: { stranger: ['not-found'] } },
  '/(app)/sessions/[id] command': {
    params: one('session'),
    form: () => ({ json: '{"type":"park"}', title: 'For a test' }),
  },
  '/(app)/sessions/[id] act': {
    params: one('session'),
    form: (ids) => ({
      json: JSON.stringify({ kind: 'commitment', id: ids['commitment'], act: 'accept', input: {} }),
    }),
  },
  '/(app)/sessions/[id] end': { params: one('session'), form: () => ({ leaveOpen: 'yes' }) },
  '/(app)/sessions/[id]/live GET': {
    params: one('session'),
    // A stream to read: whoever may look may listen.
    expect: {
      nobody: ['refused'],
      observer: ['done'],
      member: ['done'],
      lead: ['done'],
      administrator: ['done'],
    },
    own: true,
  },
  '/(app)/sessions/[id]/minutes load': { params: one('session'), expect: { stranger: ['not-found'] } },
  '/(app)/sessions/[id]/minutes correct': { params: one('session'), form: () => ({ text: 'For a test' }) },
  '/(app)/sessions/[id]/minutes.csv GET': {
    params: one('session'),
    expect: { observer: ['done'], member: ['done'], lead: ['done'], administrator: ['done'] },
    own: true,
  },
  '/(app)/sessions/[id]/minutes.json GET': {
    params: one('session'),
    expect: { observer: ['done'], member: ['done'], lead: ['done'], administrator: ['done'] },
    own: true,
  },
  '/(app)/sessions/[id]/minutes.md GET': {
    params: one('session'),
    expect: { observer: ['done'], member: ['done'], lead: ['done'], administrator: ['done'] },
    own: true,
  },
};
