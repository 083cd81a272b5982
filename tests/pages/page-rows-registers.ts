import type { Came } from './page-calls.ts';
import type { PageIds, PageRow } from './page-row.ts';

const entry = (ids: PageIds) => ({ register: 'decisions', id: ids['decision'] ?? '' });
const list = () => ({ register: 'decisions' });
/** A stranger may open an entry in his own organisation. */
const inOnesOwn: readonly Came[] = ['done', 'elsewhere', 'refused', 'forbidden', 'not-found'];

/** Decisions, assumptions, risks, triage, interrupts and learnings: one set of pages for all. */
export const registerRows: Readonly<Record<string, PageRow>> = {
  '/(app)/[register=register] load': { params: list },
  '/(app)/[register=register] rank': {
    params: () => ({ register: 'triage' }),
    form: (ids) => ({ id: ids['item'] ?? '', before: '' }),
  },
  // Who only looks on is told so before anything is typed.
  '/(app)/[register=register]/new load': { params: list, expect: { observer: ['forbidden'] } },
  '/(app)/[register=register]/new create': {
    params: list,
    form: () => ({ question: 'For a test?' }),
    expect: { stranger: inOnesOwn },
  },
  '/(app)/[register=register]/[id] load': { params: entry, expect: { stranger: ['not-found'] } },
  '/(app)/[register=register]/[id] act': {
    params: entry,
    form: () => ({ command: 'withdraw', version: '1', reason: 'for a test' }),
  },
  '/(app)/not-doing load': {},
};
