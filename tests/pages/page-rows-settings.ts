import {
  administratorsOnly,
  asked,
  changesOrganisation,
  door,
  inOnesOwn,
  no,
  type PageRow,
} from './page-row.ts';

/** What an organisation and everybody in it has set. */
export const settingsRows: Readonly<Record<string, PageRow>> = {
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
  '/(app)/settings/account removePasskey': {
    form: () => ({ id: '0197c2a0-0000-7000-8000-000000000000' }),
    own: true,
    expect: { ...door(...no), nobody: ['sign-in'] },
  },
  // A script asks these in JSON, which a form is not: here they are refused before anything is looked at.
  '/(app)/settings/account/passkey POST': { own: true, expect: door(...no) },
  '/(app)/settings/account/passkey/begin POST': { own: true, expect: door(...no) },
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
  '/(app)/settings/chats load': { expect: { observer: no, member: no, stranger: ['shown'] } },
  '/(app)/settings/chats add': {
    form: (ids) => ({
      ...{ name: '#x', kind: 'slack', place: ids['team'] ?? '', topics: 'due' },
      url: 'https://chat.example.invalid/x',
    }),
    expect: { member: no, stranger: no },
  },
  '/(app)/settings/chats topics': {
    form: (ids) => ({ id: ids['commitment'] ?? '', topics: 'due' }),
    expect: { member: no, lead: no, administrator: no },
  },
  '/(app)/settings/chats test': {
    form: (ids) => ({ id: ids['commitment'] ?? '' }),
    expect: { member: no, lead: no, administrator: no },
  },
  '/(app)/settings/chats pause': {
    form: (ids) => ({ id: ids['commitment'] ?? '' }),
    expect: { member: no, lead: no, administrator: no },
  },
  '/(app)/settings/chats resume': {
    form: (ids) => ({ id: ids['commitment'] ?? '' }),
    expect: { member: no, lead: no, administrator: no },
  },
  '/(app)/settings/chats remove': {
    form: (ids) => ({ id: ids['commitment'] ?? '' }),
    expect: { member: no, lead: no, administrator: no },
  },
  '/(app)/settings/provisioning load': {
    expect: { observer: no, member: no, lead: no, stranger: ['shown'] },
  },
  '/(app)/settings/provisioning make': {
    form: () => ({ name: 'Okta' }),
    expect: { ...administratorsOnly, ...inOnesOwn },
  },
  '/(app)/settings/provisioning revoke': {
    form: (ids) => ({ id: ids['commitment'] ?? '' }),
    expect: administratorsOnly,
  },
  '/(app)/settings/provisioning link': {
    form: (ids) => ({ id: ids['person'] ?? '' }),
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
};
