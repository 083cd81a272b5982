import type { Came } from './page-calls.ts';
import {
  administratorsOnly,
  asked,
  door,
  inOnesOwn,
  no,
  one,
  type Caller,
  type PageRow,
} from './page-row.ts';
import { registerRows } from './page-rows-registers.ts';
import { rhythmRows } from './page-rows-rhythm.ts';
import { sessionRows } from './page-rows-sessions.ts';
import { settingsRows } from './page-rows-settings.ts';

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

const anyId = '5f0c5f0e-2f4e-4c8a-9a3b-0d9a7d1f6a11';

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
  '/sign-in/saml/finish load': { expect: door('sign-in') },
  '/sign-in/saml/finish default': { form: () => ({ SAMLResponse: 'bm9uZQ==' }), expect: door('refused') },
  '/sign-in/saml/metadata GET': { expect: door('not-found') },
  '/sign-in/passkey POST': { expect: door(...no) },
  // A challenge opens nothing: anybody is given one.
  '/sign-in/passkey/begin POST': { form: () => ({}), expect: door('done'), own: true },
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
  '/guest load': { expect: door('shown'), guest: ['elsewhere'] },
  '/guest default': {
    form: () => ({ name: 'Eve', code: 'AAAAAAAA' }),
    expect: door('refused'),
    guest: ['elsewhere'],
  },
  '/guest/room load': { expect: door('elsewhere'), guest: ['shown'] },
  '/guest/room vote': {
    form: () => ({ item: anyId, value: '5' }),
    expect: door('elsewhere'),
    guest: ['refused'],
  },
  '/guest/room park': {
    form: () => ({ title: 'For a test' }),
    expect: door('elsewhere'),
    guest: ['refused'],
  },
  '/guest/room rate': { form: () => ({ value: '5' }), expect: door('elsewhere'), guest: ['refused'] },
  '/guest/room/live GET': { expect: door('refused'), guest: ['done'], own: true },
  '/guest/room/beat POST': { expect: door('refused'), guest: ['done'], own: true },
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
    // The example is the server's, not an organisation's: any administrator may take it away. No example is set up in this world.
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
  ...settingsRows,
  ...rhythmRows,
  ...sessionRows,
  ...registerRows,
};
