import type { MatrixIds, MatrixRow } from './matrix-rows.ts';

/** Who may make which move, and when, is the domain's: what matters here is that it was asked. */
const decided = [200, 201, 403, 404, 409, 422];
const text = 'for a test';

type RegisterName =
  | 'decision'
  | 'assumption'
  | 'risk'
  | 'triage-item'
  | 'interrupt'
  | 'learning'
  | 'outside-signal'
  | 'strategy-frame';
const entry =
  (kind: RegisterName) =>
  (body: (ids: MatrixIds) => unknown = () => ({ reason: text })): MatrixRow => ({
    ids: [kind],
    body,
    member: decided,
    administrator: decided,
  });
const decision = entry('decision');
const assumption = entry('assumption');
const risk = entry('risk');
const item = entry('triage-item');
const interrupt = entry('interrupt');
const signal = entry('outside-signal');

/** Decisions, assumptions, risks, triage, interrupts, learnings. */
export const registerRows: Readonly<Record<string, MatrixRow>> = {
  'GET /decisions': {},
  'POST /decisions': { body: () => ({ question: 'Which way?' }) },
  'GET /decisions/:id': { ids: ['decision'] },
  'POST /decisions/:id/amend': decision(() => ({ question: 'Which other way?' })),
  'POST /decisions/:id/decide': decision(() => ({ chosen: text })),
  'POST /decisions/:id/fill-in': decision(() => ({ rationale: text })),
  'POST /decisions/:id/withdraw': decision(),
  'POST /decisions/:id/reaffirm': decision(),
  'POST /decisions/:id/reverse': decision(),
  'GET /assumptions': {},
  'POST /assumptions': { body: () => ({ statement: 'It stays dry' }) },
  'GET /assumptions/:id': { ids: ['assumption'] },
  'POST /assumptions/:id/amend': assumption(() => ({ hedge: text })),
  'POST /assumptions/:id/check': assumption(() => ({ answer: 'holds' })),
  'POST /assumptions/:id/invalidate': assumption(),
  'POST /assumptions/:id/retire': assumption(),
  'GET /risks': {},
  'POST /risks': { body: () => ({ title: 'It rains' }) },
  'GET /risks/:id': { ids: ['risk'] },
  'POST /risks/:id/amend': risk(() => ({ probability: 2 })),
  'POST /risks/:id/own': risk(() => ({})),
  'POST /risks/:id/mitigate': risk(() => ({ plan: text })),
  'POST /risks/:id/accept': risk(() => ({ reason: text, reviewOn: '2026-06-01' })),
  'POST /risks/:id/resolve': risk(),
  'POST /risks/:id/happen': risk(() => ({ what: text })),
  'POST /risks/:id/reopen': risk(),
  'GET /triage': {},
  'POST /triage': { body: () => ({ title: 'The build is slow' }) },
  'GET /triage/:id': { ids: ['triage-item'] },
  'POST /triage/:id/amend': item(() => ({ detail: text })),
  'POST /triage/:id/place': item(() => ({ where: 'now' })),
  'POST /triage/:id/hand-over': item(({ team }) => ({ team })),
  'POST /triage/:id/assess': item(() => ({ text })),
  'POST /triage/:id/collaborate': item(({ memberPerson }) => ({ people: [memberPerson] })),
  'POST /triage/:id/act': item(({ memberPerson }) => ({ owner: memberPerson, by: '2026-05-01' })),
  'POST /triage/:id/close': item(),
  'POST /triage/:id/reopen': item(),
  'POST /triage/:id/rank': item(() => ({ before: null })),
  'GET /interrupts': {},
  'POST /interrupts': {
    body: ({ commitment }) => ({ what: 'A fire', displaced: commitment, costDays: 2 }),
    stranger: [404],
  },
  'GET /interrupts/:id': { ids: ['interrupt'] },
  'POST /interrupts/:id/finish': interrupt(() => ({})),
  'POST /interrupts/:id/stop': interrupt(),
  'GET /learnings': {},
  'POST /learnings': { body: () => ({ sentence: 'Ask earlier' }) },
  'GET /learnings/:id': { ids: ['learning'] },
  'POST /learnings/:id/link-change': entry('learning')(() => ({
    change: { kind: 'text', id: null, text },
  })),
  'GET /signals': {},
  'POST /signals': { body: () => ({ text: 'A rival is cheaper' }) },
  'GET /signals/:id': { ids: ['outside-signal'] },
  'POST /signals/:id/amend': signal(() => ({ area: 'technology' })),
  'POST /signals/:id/close': signal(),
  'POST /signals/:id/reopen': signal(),
  'GET /strategy': {},
  'POST /strategy': { body: () => ({ title: '2027', whereTo: 'North' }), member: [403] },
  'GET /strategy/:id': { ids: ['strategy-frame'] },
  'POST /strategy/:id/amend': entry('strategy-frame')(() => ({ markets: text })),
  'GET /registers/due': {},
  'GET /not-doing': {},
};
