import { registerRows } from './matrix-rows-registers.ts';
import { rhythmRows } from './matrix-rows-rhythm.ts';

/** Ids that the calls of the matrix are made with. */
export interface MatrixIds {
  readonly board: string;
  readonly team: string;
  readonly person: string;
  readonly member: string;
  readonly memberPerson: string;
  readonly period: string;
  readonly invite: string;
  readonly token: string;
  readonly snapshot: string;
  readonly commitment: string;
  readonly dependency: string;
  /** A message in the member's inbox. */
  readonly notice: string;
  /** A mail that failed. */
  readonly mail: string;
  /** A chat of the organisation. */
  readonly chat: string;
  readonly decision: string;
  readonly assumption: string;
  readonly risk: string;
  readonly 'triage-item': string;
  readonly interrupt: string;
  readonly learning: string;
  readonly 'outside-signal': string;
  readonly 'strategy-frame': string;
  readonly ritual: string;
  readonly occurrence: string;
  readonly dayOff: string;
  readonly leave: string;
  readonly feed: string;
  readonly session: string;
}

/** One call as the matrix makes it. */
export interface MatrixRow {
  /** Fills the path's parameters, in order. */
  readonly ids?: readonly (keyof MatrixIds)[];
  readonly body?: (ids: MatrixIds) => unknown;
  /** Appended to the path. */
  readonly query?: (ids: MatrixIds) => string;
  /** Statuses that are right for a member; by default a success. */
  readonly member?: readonly number[];
  readonly administrator?: readonly number[];
  /** Another organisation's caller: by default 404 where there is an id, else as in the own one. */
  readonly stranger?: readonly number[];
}

const fine = [200, 201];
const forbidden = [403];
/** Who may make a move, and when, is the domain's: what matters here is that it was asked. */
const decided = [200, 201, 403, 409, 422];
const text = 'for a test';

const act = (body: (ids: MatrixIds) => unknown = () => ({})): MatrixRow => ({
  ids: ['commitment'],
  body,
  member: decided,
  administrator: decided,
});
const move = (body: (ids: MatrixIds) => unknown = () => ({})): MatrixRow => ({
  ids: ['dependency'],
  body,
  member: decided,
  administrator: decided,
});

/** Every call of the API. A call that is not here fails the matrix test. */
export const matrixRows: Readonly<Record<string, MatrixRow>> = {
  'POST /setup': {
    body: () => ({
      organisation: 'X',
      name: 'Y',
      email: 'y@example.org',
      password: 'a long enough pass phrase',
    }),
    member: [409],
    administrator: [409],
  },
  'GET /me': {},
  'GET /tokens': {},
  'POST /tokens': { body: () => ({ name: 'x', scope: 'read', days: 1 }) },
  'GET /provisioning/tokens': { member: forbidden },
  'POST /provisioning/tokens': { body: () => ({ name: 'Okta' }), member: forbidden },
  'DELETE /provisioning/tokens/:id': { ids: ['token'], member: forbidden, administrator: [404] },
  'GET /provisioning/waiting': { member: forbidden },
  'DELETE /tokens/:id': { ids: ['token'], member: [404], administrator: [200, 404] },
  'GET /invites': {},
  'POST /invites': { body: () => ({ role: 'observer' }), member: forbidden },
  'DELETE /invites/:id': { ids: ['invite'], member: [404] },
  'POST /boards/:id/tickets': { ids: ['board'] },
  'GET /organisation': {},
  'PATCH /organisation': { body: () => ({ weekStart: 1 }), member: forbidden },
  'GET /organisation/thresholds': {},
  'PATCH /organisation/thresholds': { body: () => ({ grace: 3 }), member: forbidden },
  'GET /teams': {},
  'POST /teams': { body: () => ({ name: `Team ${crypto.randomUUID()}` }), member: forbidden },
  'PATCH /teams/:id': { ids: ['team'], body: () => ({ colour: 3 }), member: forbidden },
  'POST /teams/:id/members': {
    ids: ['team'],
    body: ({ memberPerson }) => ({ personId: memberPerson, role: 'member' }),
    member: forbidden,
  },
  'DELETE /teams/:id/members/:personId': {
    ids: ['team', 'person'],
    member: forbidden,
    administrator: [200, 404],
  },
  'GET /people': {},
  'POST /people': { body: () => ({ name: `Person ${crypto.randomUUID()}` }), member: forbidden },
  'POST /people/:id/link': {
    ids: ['person'],
    body: ({ member }) => ({ memberId: member }),
    member: forbidden,
    administrator: [200, 409],
  },
  'GET /members': {},
  'PATCH /members/:id': { ids: ['member'], body: () => ({ role: 'member' }), member: forbidden },
  'GET /periods': {},
  'POST /periods': {
    body: () => ({ kind: 'custom', label: 'Sprint', start: '2026-04-06', end: '2026-04-19' }),
    member: forbidden,
    administrator: [201, 409],
  },
  'GET /boards': {},
  'POST /boards': { body: () => ({ title: 'A board' }) },
  'GET /boards/:id': { ids: ['board'] },
  'PATCH /boards/:id': { ids: ['board'], body: () => ({ title: 'Renamed' }), member: forbidden },
  'GET /boards/:id/plan': { ids: ['board'] },
  'GET /boards/:id/areas': { ids: ['board'] },
  'GET /boards/:id/export': { ids: ['board'] },
  'POST /boards/:id/snapshots': { ids: ['board'], body: () => ({}) },
  'GET /boards/:id/snapshots': { ids: ['board'] },
  'GET /snapshots/:id': { ids: ['snapshot'] },
  'GET /snapshots/:id/compare': { ids: ['snapshot'] },
  'GET /boards/:id/guard': { ids: ['board'] },
  'POST /boards/:id/guard': { ids: ['board'], body: () => ({ act: 'resume' }), member: forbidden },
  'GET /boards/:id/history': { ids: ['board'] },
  'GET /boards/:id/moment': { ids: ['board'], query: () => '?seq=1' },
  // Whether anything differs from the first edit by now is the order's of the rows.
  'POST /boards/:id/restore': {
    ids: ['board'],
    body: () => ({ seq: 1 }),
    member: forbidden,
    administrator: [200, 409],
  },
  'POST /boards/:id/put-back': { ids: ['board'], member: [409], administrator: [409] },
  'POST /boards/:id/import': {
    ids: ['board'],
    body: () => ({ format: 'throughline-plan/1', title: 'Empty' }),
  },
  'POST /boards/:id/commit': { ids: ['board'], body: () => ({ dryRun: true }) },
  'POST /boards/:id/dependencies': {
    ids: ['board'],
    body: () => ({
      ...{ objectKey: 'drawn', requesterKey: 'o1', requesterTeam: null, providerTeam: 'blue' },
      ...{ what: 'A hand', neededBy: null, hardness: 'soft' },
    }),
    member: decided,
    administrator: decided,
  },
  ...rhythmRows,
  'GET /commitments': {},
  'POST /commitments': {
    body: ({ memberPerson, team }) => ({
      ...{ statement: 'A promise for a week', owner: memberPerson, team, due: '2999-12-31' },
    }),
    stranger: [422],
  },
  'GET /commitments/:id': { ids: ['commitment'] },
  'GET /inbox': {},
  'POST /commitments/:id/check-ins': act(() => ({ status: 'on', confidence: 70 })),
  'POST /commitments/:id/accept': act(() => ({ confidence: 70 })),
  'POST /commitments/:id/propose-change': act(() => ({ change: { weight: 5 }, text })),
  'POST /commitments/:id/agree-change': act(),
  'POST /commitments/:id/refuse-change': act(() => ({ reason: text })),
  'POST /commitments/:id/decline': act(() => ({ reason: text })),
  'POST /commitments/:id/park': act(() => ({ reason: text })),
  'POST /commitments/:id/undo-check-in': act(() => ({ id: crypto.randomUUID() })),
  'POST /commitments/:id/rescope': act(() => ({ change: { weight: 5 }, reason: 'learning', text })),
  'POST /commitments/:id/agree-rescope': act(),
  'POST /commitments/:id/refuse-rescope': act(() => ({ reason: text })),
  'POST /commitments/:id/complete': act(() => ({ evidence: text })),
  'POST /commitments/:id/acknowledge': act(),
  'POST /commitments/:id/reject': act(() => ({ reason: text })),
  'POST /commitments/:id/miss': act(() => ({ cause: 'capacity', text })),
  'POST /commitments/:id/give-cause': act(() => ({ cause: 'capacity', text })),
  'POST /commitments/:id/drop': act(() => ({ reason: text, frees: text })),
  'POST /commitments/:id/carry': act(() => ({ cause: 'capacity' })),
  'POST /commitments/:id/continue': act(() => ({ reason: text })),
  'POST /commitments/:id/reopen': act(() => ({ reason: text })),
  'POST /commitments/:id/correct': act(() => ({
    correction: { field: 'outcome', outcome: 'done' },
    note: text,
  })),
  'POST /commitments/:id/hand-over': act(({ memberPerson }) => ({ to: memberPerson })),
  'POST /commitments/:id/take-over': act(),
  'GET /commitments/:id/contributions': { ids: ['commitment'] },
  'POST /commitments/:id/contribute': act(() => ({ to: crypto.randomUUID() })),
  'POST /commitments/:id/stop-contributing': act(() => ({ to: crypto.randomUUID() })),
  'POST /commitments/:id/name-delegate': act(() => ({ person: null })),
  'GET /notices': {},
  'GET /notices/unread': {},
  'POST /notices/:id/read': { ids: ['notice'], administrator: [404] },
  'POST /notices/read-all': {},
  'POST /notices/:id/snooze': { ids: ['notice'], body: () => ({ until: 'tomorrow' }), administrator: [404] },
  'GET /notify-preferences': {},
  'PATCH /notify-preferences': { body: () => ({ quietFrom: '20:00' }) },
  // The member leads no team: chats are an administrator's, and a lead's.
  'GET /chats': {},
  'POST /chats': {
    body: ({ team }) => ({
      ...{ name: '#x', kind: 'slack', teamId: team, url: 'https://chat.example.invalid/x', topics: [] },
    }),
    member: forbidden,
    stranger: [422],
  },
  'PATCH /chats/:id': { ids: ['chat'], body: () => ({ paused: true }), member: forbidden },
  // It is paused by then: what matters here is that it was asked.
  'POST /chats/:id/test': { ids: ['chat'], member: forbidden, administrator: [422] },
  'DELETE /chats/:id': { ids: ['chat'], member: forbidden },
  'GET /mails': { member: forbidden },
  'POST /mails/test': { member: forbidden },
  'POST /mails/:id/send-again': { ids: ['mail'], member: forbidden },
  'GET /warnings': {},
  'POST /warnings/mute': {
    body: ({ commitment }) => ({ rule: 'W4', subjectId: commitment, days: 7 }),
    // Nothing warns of it: what matters here is that it was asked.
    member: [404],
    administrator: [404],
    stranger: [404],
  },
  'GET /my-page': {},
  'GET /teams/:id/page': { ids: ['team'] },
  'POST /teams/:id/capacity': {
    ids: ['team'],
    body: ({ period }) => ({ periodId: period, personWeeks: 12 }),
    member: decided,
    administrator: fine,
  },
  'GET /audit': {},
  'GET /history': { query: ({ commitment }) => `?kind=commitment&id=${commitment}`, stranger: [404] },
  'GET /dependencies': {},
  'GET /dependencies/:id': { ids: ['dependency'] },
  'POST /dependencies/:id/send': move(),
  'POST /dependencies/:id/accept': move(() => ({ date: '2026-05-01' })),
  'POST /dependencies/:id/counter': move(() => ({ date: '2026-05-20', scope: text })),
  'POST /dependencies/:id/accept-counter': move(),
  'POST /dependencies/:id/decline': move(() => ({ reason: text })),
  'POST /dependencies/:id/withdraw': move(() => ({ reason: text })),
  'POST /dependencies/:id/flag': move(() => ({ why: text })),
  'POST /dependencies/:id/unflag': move(() => ({ why: text })),
  'POST /dependencies/:id/deliver': move(() => ({ evidence: text })),
  'POST /dependencies/:id/confirm': move(),
  'POST /dependencies/:id/reject': move(() => ({ reason: text })),
  'POST /dependencies/:id/renege': move(() => ({ reason: text })),
  'POST /dependencies/:id/release': move(() => ({ reason: text })),
  'POST /dependencies/:id/renegotiate': move(() => ({ date: '2026-05-20', scope: text })),
  'POST /dependencies/:id/choose': move(() => ({ choice: 're-plan', text })),
  'POST /dependencies/:id/own-as-risk': move(() => ({ text })),
  'POST /dependencies/:id/say-yes-aloud': move(),
  'POST /dependencies/:id/serve-by': move(() => ({ servedBy: null })),
  ...registerRows,
  'GET /sessions': {},
  'POST /sessions': { body: ({ team }) => ({ kind: 'weekly', team }), stranger: [404] },
  'GET /sessions/:id': { ids: ['session'] },
  'POST /sessions/:id/commands': {
    ids: ['session'],
    body: () => ({ command: { type: 'arrive' } }),
  },
  'POST /sessions/:id/acts': {
    ids: ['session'],
    body: ({ commitment }) => ({
      ...{ stage: null, kind: 'commitment', id: commitment, act: 'accept', input: {} },
    }),
    member: decided,
    administrator: decided,
  },
  'GET /sessions/:id/rows': { ids: ['session'] },
  'POST /sessions/:id/beat': { ids: ['session'], body: () => ({}) },
  'GET /sessions/:id/minutes': { ids: ['session'] },
};

export const defaults = { member: fine, administrator: fine } as const;
