import type { Came } from './page-calls.ts';
import { registerRows } from './page-rows-registers.ts';
import { rhythmRows } from './page-rows-rhythm.ts';
import { sessionRows } from './page-rows-sessions.ts';

/** Who asks. The lead leads the team that is asked about; the stranger administers another organisation. */
export const callers = ['nobody', 'stranger', 'observer', 'member', 'lead', 'administrator'] as const;
export type Caller = (typeof callers)[number];

/** Ids that the calls of the matrix are made with. */
export type PageIds = Readonly<Record<string, string>>;

/** One load or act as the matrix makes it, with what may come of it where that is not the default. */
export interface PageRow {
  readonly params?: (ids: PageIds) => Readonly<Record<string, string>>;
  readonly query?: string;
  readonly form?: (ids: PageIds) => Readonly<Record<string, string>>;
  readonly expect?: Partial<Readonly<Record<Caller, readonly Came[]>>>;
  /** One's own affair: an observer may do it for himself. */
  readonly own?: true;
}

const no: readonly Came[] = ['refused', 'forbidden', 'not-found'];
/** Who may make a move, and when, is the domain's: what matters here is that it was asked. */
const asked: readonly Came[] = ['done', 'elsewhere', ...no];

/** What comes of a load within an organisation unless the row says otherwise. */
export const defaultLoad: Readonly<Record<Caller, readonly Came[]>> = {
  nobody: ['sign-in'],
  stranger: ['shown', 'elsewhere', 'not-found'],
  observer: ['shown', 'elsewhere'],
  member: ['shown', 'elsewhere'],
  lead: ['shown', 'elsewhere'],
  administrator: ['shown', 'elsewhere'],
};

/** What comes of an act: nobody signs in first, strangers and observers change nothing. */
export const defaultAct: Readonly<Record<Caller, readonly Came[]>> = {
  ...{ nobody: ['sign-in'], stranger: no, observer: no, member: asked, lead: asked, administrator: asked },
};

const administratorsOnly = { member: no, lead: no, administrator: asked } as const;
const anyId = '5f0c5f0e-2f4e-4c8a-9a3b-0d9a7d1f6a11';
const one = (name: string) => (ids: PageIds) => ({ id: ids[name] ?? '' });
/** Doors that are open to everybody, or closed to everybody after set-up. */
const door = (...came: readonly Came[]): NonNullable<PageRow['expect']> =>
  Object.fromEntries(callers.map((caller) => [caller, came]));
/** Its stranger may do to his own organisation what he likes. */
const inOnesOwn = { stranger: ['done', 'elsewhere', ...no] } as const;
const changesOrganisation = { ...administratorsOnly, ...inOnesOwn };

/** Every load, act and handler of the pages. One that is not here fails the matrix test. */
export const pageRows: Readonly<Record<string, PageRow>> = {
  '/ (layout) load': { expect: door('shown') },
  '/ load': { expect: { ...door('elsewhere'), nobody: ['sign-in'] } },
  '/ example': { form: () => ({ token: 'wrong' }), expect: door(...no, 'elsewhere') },
  '/(app) (layout) load': {},
  '/sign-in load': { expect: { ...door('elsewhere'), nobody: ['shown'] } },
  '/sign-in enter': { form: () => ({ email: 'x@example.org', password: 'wrong' }), expect: door(...no) },
  '/sign-in/provider GET': { expect: door('not-found') },
  '/sign-in/provider/back load': { expect: door('shown') },
  '/sign-out load': { expect: { ...door('shown'), nobody: ['sign-in'] } },
  '/sign-out default': { form: () => ({}), expect: door('sign-in') },
  '/theme POST': { form: () => ({ theme: 'dark', back: '/' }), expect: door('elsewhere') },
  '/setup load': { expect: { ...door('elsewhere'), nobody: ['sign-in'] } },
  '/setup default': {
    form: () => ({
      ...{ organisation: 'X', name: 'Y', email: 'y@example.org', password: 'a long enough pass phrase' },
    }),
    expect: door(...no),
  },
  '/setup/teams load': {},
  '/setup/teams default': {
    form: () => ({ names: 'Purple' }),
    expect: { ...inOnesOwn, member: [...asked, 'elsewhere'], lead: [...asked, 'elsewhere'] },
  },
  '/invite/[token] load': { params: () => ({ token: 'wrong' }), expect: door('not-found') },
  '/invite/[token]/provider GET': { params: () => ({ token: 'wrong' }), expect: door('not-found') },
  '/invite/[token] default': {
    params: () => ({ token: 'wrong' }),
    form: () => ({ name: 'X', email: 'x@example.org', password: 'a long enough pass phrase' }),
    expect: door(...no),
  },
  '/check-in/[token] load': { params: () => ({ token: 'wrong' }), expect: door('shown', ...no) },
  '/check-in/[token] report': {
    params: () => ({ token: 'wrong' }),
    form: () => ({ status: 'on', confidence: '70' }),
    expect: door(...no),
  },
  '/check-in/[token] noMovement': {
    params: () => ({ token: 'wrong' }),
    form: () => ({ confidence: '70' }),
    expect: door(...no),
  },
  '/check-in/[token] undo': { params: () => ({ token: 'wrong' }), form: () => ({}), expect: door(...no) },
  '/check-in/[token] notMe': {
    params: () => ({ token: 'wrong' }),
    form: () => ({}),
    expect: door('done', ...no),
  },
  '/(app)/home load': {},
  '/(app)/home noMovement': { form: (ids) => ({ id: ids['commitment'] ?? '', version: '1' }) },
  '/(app)/home undo': { form: (it) => ({ ...one('commitment')(it), version: '1', checkIn: anyId }) },
  '/(app)/home mute': { form: (ids) => ({ rule: 'W4', subject: ids['commitment'] ?? '', days: '14' }) },
  '/(app)/inbox load': {},
  '/(app)/inbox open': {
    form: (ids) => ({ id: ids['commitment'] ?? '', to: '/home' }),
    expect: door('elsewhere', ...no, 'sign-in'),
    own: true,
  },
  '/(app)/inbox read': {
    form: (ids) => ({ id: ids['commitment'] ?? '' }),
    expect: { ...inOnesOwn, observer: asked },
    own: true,
  },
  '/(app)/inbox readAll': { form: () => ({}), expect: { ...inOnesOwn, observer: asked }, own: true },
  '/(app)/inbox snooze': {
    form: (ids) => ({ id: ids['commitment'] ?? '', until: 'tomorrow' }),
    expect: { ...inOnesOwn, observer: asked },
    own: true,
  },
  '/(app)/board/[id] load': { params: one('board'), expect: { stranger: ['not-found'] } },
  '/(app)/board/[id]/at/[snapshot] load': {
    params: (ids) => ({ id: ids['board'] ?? '', snapshot: ids['snapshot'] ?? '' }),
    expect: { stranger: ['not-found'] },
  },
  '/(app)/board/[id]/moment load': { params: one('board'), expect: { stranger: ['not-found'] } },
  '/(app)/board/[id]/commit load': {
    params: one('board'),
    expect: { stranger: ['not-found'], observer: ['shown', ...no] },
  },
  '/(app)/boards load': {},
  '/(app)/boards archive': { form: (ids) => ({ board: ids['board'] ?? '' }), expect: { member: no } },
  '/(app)/boards bringBack': { form: (ids) => ({ board: ids['board'] ?? '' }), expect: { member: no } },
  '/(app)/boards scope': {
    form: (ids) => ({ board: ids['board'] ?? '', scope: 'organisation' }),
    expect: { member: no },
  },
  '/(app)/boards/new load': {},
  '/(app)/boards/new default': { form: () => ({ title: 'X', template: 'blank' }), expect: inOnesOwn },
  '/(app)/commitments load': {},
  '/(app)/commitments/[id] load': { params: one('commitment'), expect: { stranger: ['not-found'] } },
  '/(app)/commitments/[id] act': {
    params: one('commitment'),
    form: () => ({ command: 'park', version: '1', reason: 'a test' }),
    // It is Mia's to accept; whoever is neither owner nor lead is refused, an administrator too.
    expect: { member: no, administrator: no },
  },
  '/(app)/commitments/[id]/check-in load': {
    params: one('commitment'),
    expect: { stranger: ['not-found'], observer: ['shown', 'elsewhere', ...no] },
  },
  '/(app)/commitments/[id]/check-in report': {
    params: one('commitment'),
    form: () => ({ status: 'on', confidence: '70', version: '1' }),
    expect: { member: no, administrator: no },
  },
  '/(app)/commitments/[id]/check-in noMovement': {
    params: one('commitment'),
    form: () => ({ confidence: '70', version: '1' }),
    expect: { member: no, administrator: no },
  },
  '/(app)/dependencies load': {},
  '/(app)/dependencies/[id] load': { params: one('dependency'), expect: { stranger: ['not-found'] } },
  '/(app)/dependencies/[id] act': {
    params: one('dependency'),
    form: () => ({ command: 'accept', version: '1', date: '2026-05-01' }),
    expect: { member: no, administrator: no },
  },
  '/(app)/example load': { expect: door('sign-in', 'elsewhere') },
  '/(app)/example move': {
    form: () => ({ moment: 'close' }),
    expect: { member: no, lead: no, administrator: no },
  },
  '/(app)/example viewAs': {
    form: (ids) => ({ person: ids['person'] ?? '' }),
    expect: { member: no, lead: no, administrator: no },
  },
  '/(app)/example remove': {
    form: () => ({}),
    // The example is the server's, not an organisation's: any administrator may take it away. Here there is none.
    expect: { member: no, lead: no, administrator: ['elsewhere', ...no], stranger: ['elsewhere', ...no] },
  },
  '/(app)/history load': {},
  '/(app)/history/[kind]/[id] load': {
    params: (ids) => ({ kind: 'commitment', id: ids['commitment'] ?? '' }),
    expect: { stranger: ['not-found'] },
  },
  '/(app)/people load': {},
  '/(app)/people add': { form: () => ({ name: 'New' }), expect: { ...administratorsOnly, ...inOnesOwn } },
  '/(app)/people link': {
    form: (ids) => ({ person: ids['person'] ?? '', member: ids['member'] ?? '' }),
    expect: { ...administratorsOnly, administrator: asked },
  },
  '/(app)/settings (layout) load': { expect: door('shown') },
  '/(app)/settings load': {},
  '/(app)/settings change': { form: () => ({ name: 'Acme', timezone: 'UTC' }), expect: changesOrganisation },
  '/(app)/settings depth': { form: () => ({ depth: 'light' }), expect: changesOrganisation },
  '/(app)/settings/account load': { own: true },
  '/(app)/settings/account password': {
    form: () => ({ current: 'wrong', next: 'another long enough phrase' }),
    expect: door(...no, 'sign-in'),
    own: true,
  },
  '/(app)/settings/account revoke': {
    form: () => ({ id: 'not-one' }),
    expect: { ...inOnesOwn, observer: asked },
    own: true,
  },
  '/(app)/settings/account unlink': {
    form: () => ({ id: '0197c2a0-0000-7000-8000-000000000000' }),
    own: true,
    expect: { ...door(...no), nobody: ['sign-in'] },
  },
  '/(app)/settings/account switch': {
    form: (ids) => ({ organisation: ids['elsewhere'] ?? '' }),
    expect: { ...inOnesOwn, observer: asked, member: no, lead: no, administrator: no },
    own: true,
  },
  '/(app)/settings/thresholds load': {},
  '/(app)/settings/thresholds save': { form: () => ({ grace: '3' }), expect: changesOrganisation },
  '/(app)/settings/mail load': {
    expect: {
      observer: ['shown', ...no, 'elsewhere'],
      member: ['shown', ...no, 'elsewhere'],
      lead: ['shown', ...no, 'elsewhere'],
    },
  },
  '/(app)/settings/mail test': { form: () => ({}), expect: { ...administratorsOnly, ...inOnesOwn } },
  '/(app)/settings/mail again': {
    form: (ids) => ({ id: ids['commitment'] ?? '' }),
    expect: administratorsOnly,
  },
  '/(app)/settings/members load': { expect: { observer: ['shown', ...no] } },
  '/(app)/settings/members invite': {
    form: () => ({ role: 'member', email: '', maxUses: '1', days: '7', board: '', team: '', person: '' }),
    expect: { ...administratorsOnly, ...inOnesOwn },
  },
  '/(app)/settings/members revoke': {
    form: (ids) => ({ invite: ids['invite'] ?? '' }),
    expect: administratorsOnly,
  },
  '/(app)/settings/members change': {
    form: (ids) => ({ member: ids['member'] ?? '', role: 'member' }),
    expect: administratorsOnly,
  },
  '/(app)/settings/notifications load': { own: true },
  '/(app)/settings/notifications change': {
    form: () => ({
      ...{
        byMail: 'yes',
        quietFrom: '18:00',
        quietTo: '08:00',
        digest: 'each',
        weeklyCap: '10',
        timezone: '',
      },
    }),
    expect: { ...inOnesOwn, observer: asked },
    own: true,
  },
  '/(app)/settings/tokens load': { own: true },
  '/(app)/settings/tokens make': {
    form: () => ({ name: 'x', scope: 'read', days: '1' }),
    expect: { ...inOnesOwn, observer: asked },
    own: true,
  },
  '/(app)/settings/tokens revoke': {
    form: (ids) => ({ id: ids['token'] ?? '' }),
    expect: { member: no, lead: no },
  },
  '/(app)/teams load': {},
  '/(app)/teams add': { form: () => ({ names: 'Green' }), expect: { ...administratorsOnly, ...inOnesOwn } },
  '/(app)/teams change': {
    form: (ids) => ({ team: ids['team'] ?? '', name: 'Red', colour: '3' }),
    expect: { member: no },
  },
  '/(app)/teams archive': {
    form: (ids) => ({ team: ids['spareTeam'] ?? '' }),
    expect: { member: no, lead: no },
  },
  '/(app)/teams put': {
    form: (ids) => ({ team: ids['team'] ?? '', person: ids['memberPerson'] ?? '', role: 'member' }),
    expect: { member: no },
  },
  '/(app)/teams remove': {
    form: (ids) => ({ team: ids['team'] ?? '', person: ids['person'] ?? '' }),
    expect: { member: no },
  },
  '/(app)/teams/[id] load': { params: one('team'), expect: { stranger: ['not-found'] } },
  '/(app)/teams/[id] mute': {
    params: one('team'),
    form: (ids) => ({ rule: 'W4', subject: ids['commitment'] ?? '', days: '14' }),
  },
  '/(app)/teams/[id] capacity': {
    params: one('team'),
    form: (ids) => ({ period: ids['period'] ?? '', weeks: '12' }),
    expect: { member: no, lead: ['done'], administrator: ['done'] },
  },
  ...rhythmRows,
  ...sessionRows,
  ...registerRows,
};
