import { expect, test } from 'vitest';
import { boardRight, type BoardFacts } from './board-right.ts';

const board: BoardFacts = {
  organisationId: 'o',
  createdBy: 'ana',
  teamIds: ['red'],
  archived: false,
  scope: 'organisation',
};
type Asked = Parameters<typeof boardRight>[0];
const member: Asked = {
  organisationId: 'o',
  personId: 'ben',
  role: 'member',
  scope: 'write',
  viewingAs: false,
  teams: [],
};
const inTeam = (teamId: string, role: 'lead' | 'member'): Asked => ({
  ...member,
  teams: [{ teamId, key: teamId, role }],
});

test('[PL1] creator, leads of its teams and administrators manage; members write; observers and read tokens read', () => {
  const rights = {
    administrator: boardRight({ ...member, role: 'administrator' }, board),
    creator: boardRight({ ...member, personId: 'ana' }, board),
    lead: boardRight(inTeam('red', 'lead'), board),
    leadOfAnother: boardRight(inTeam('blue', 'lead'), board),
    memberOfTeam: boardRight(inTeam('red', 'member'), board),
    member: boardRight(member, board),
    observer: boardRight({ ...member, role: 'observer' }, board),
    observerWhoMadeIt: boardRight({ ...member, personId: 'ana', role: 'observer' }, board),
    readToken: boardRight({ ...member, role: 'administrator', scope: 'read' }, board),
    asSomebodyElse: boardRight({ ...member, role: 'administrator', viewingAs: true }, board),
  };
  expect(rights).toEqual({
    administrator: 'manage',
    creator: 'manage',
    lead: 'manage',
    leadOfAnother: 'write',
    memberOfTeam: 'write',
    member: 'write',
    observer: 'read',
    observerWhoMadeIt: 'read',
    readToken: 'read',
    asSomebodyElse: 'write',
  });
});

test('[PL2] of another organisation nobody has any right', () => {
  expect(boardRight({ ...member, organisationId: 'p', role: 'administrator' }, board)).toBe('none');
});

test('[PL3] an archived board is read-only for those who do not manage it', () => {
  expect(boardRight(member, { ...board, archived: true })).toBe('read');
  expect(boardRight({ ...member, personId: 'ana' }, { ...board, archived: true })).toBe('manage');
});
