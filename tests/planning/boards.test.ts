import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readRecords, schemaVersion } from '../../src/board/document.ts';
import { isArea, type BoardRecord } from '../../src/board/schema/records.ts';
import type { Viewer } from '../../server/app.ts';
import { code, openWorld, value, type World } from './world.ts';

let world: World;
let red: string;
let [ben, bea, finn]: Viewer[] = [];

beforeAll(async () => {
  world = await openWorld();
  const teams = await world.organisations.teams(world.ana);
  red = teams.find(({ key }) => key === 'red')?.id ?? '';
  ben = await world.join('Ben', 'member', red);
  bea = await world.join('Bea', 'member');
  finn = await world.join('Finn', 'observer');
});
afterAll(() => world.dispose());

const docOf = async (board: string) => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, (await world.sync.snapshotBytes(board)).bytes);
  return doc;
};

const columnsOf = (records: readonly BoardRecord[]) =>
  records.filter((record) => record.typeName === 'shape' && record.type === 'column');

describe('boards', () => {
  test('[PL4] a blank board has its page and schema version at once', async () => {
    const { planning, ana } = world;
    const board = value(await planning.createBoard(ana, { title: '  Autumn ', template: 'blank' }));
    expect(board).toMatchObject({
      title: 'Autumn',
      right: 'manage',
      period: null,
      teamIds: [],
      committedAt: null,
    });
    const doc = await docOf(board.id);
    expect(schemaVersion(doc)).toBe(1);
    expect(readRecords(doc).records.map(({ id }) => id)).toEqual(['document:document', 'page:page']);
  });

  test('[PL4][PL5] the quarterly template has an area for each team and the months of a quarter', async () => {
    const { planning, ana } = world;
    const board = value(await planning.createBoard(ana, { title: 'Q', template: 'quarterly-planning' }));
    expect(board.teamIds).toHaveLength(2);
    expect(board.period?.kind).toBe('quarter');
    const { records } = readRecords(await docOf(board.id));
    const areas = records.filter(isArea).map(({ props }) => props.title);
    expect(areas.sort()).toEqual(['Blue', 'Not doing', 'Parking lot', 'Priorities', 'Red']);
    expect(columnsOf(records)).toEqual([]);
  });

  test('[PL5][DE5] month columns are left out in the light depth until somebody asks for them', async () => {
    const { planning, organisations, ana } = world;
    const of = async (viewer: Viewer, columns?: boolean) => {
      const template = 'quarterly-planning' as const;
      const asked = { title: 'Q', template, ...(columns === undefined ? {} : { columns }) };
      const board = value(await planning.createBoard(viewer, asked));
      return columnsOf(readRecords(await docOf(board.id)).records).length;
    };
    const standard: Viewer = { ...ana, organisation: { ...ana.organisation, depth: 'standard' } };
    expect(ana.organisation.depth).toBe('light');
    expect(await of(ana)).toBe(0);
    expect(await organisations.partsInUse(ana)).not.toContain('columns');
    expect(await of(standard, false)).toBe(0);
    expect(await of(standard)).toBe(3);
    expect(await organisations.partsInUse(ana)).toContain('columns');
    expect(await of(ana)).toBe(3);
    expect(await of(ana, false)).toBe(0);
  });

  test('[PL5] a quarter with less than two weeks left gives way to the next', async () => {
    const { planning, ana } = world;
    const periods = (await world.organisations.periods(ana)).filter(({ kind }) => kind === 'quarter');
    const [first, second] = periods;
    if (!first || !second) throw new Error('two quarters are needed');
    const at = (day: string) => ({
      ...ana,
      organisation: { ...ana.organisation, now: Date.parse(`${day}T12:00Z`) },
    });
    const lateInFirst = new Date(Date.parse(`${first.end}T00:00Z`) - 5 * 86_400_000)
      .toISOString()
      .slice(0, 10);
    const make = (viewer: Viewer) =>
      planning.createBoard(viewer, { title: 'Q', template: 'quarterly-planning' });
    expect(value(await make(at(first.start))).period?.id).toBe(first.id);
    expect(value(await make(at(lateInFirst))).period?.id).toBe(second.id);
  });

  test('[PL1] who may do what on a board follows role, team and making', async () => {
    const { planning, ana } = world;
    const board = value(
      await planning.createBoard(ana, { title: 'Rights', template: 'blank', teamIds: [red] }),
    );
    const rights = [];
    for (const viewer of [ana, ben, bea, finn]) rights.push(await planning.right(viewer as Viewer, board.id));
    expect(rights).toEqual(['manage', 'write', 'write', 'read']);
    value(
      await world.organisations.putInTeam(ana, red, { personId: (ben as Viewer).personId, role: 'lead' }),
    );
    expect(await planning.right(await world.again(ben as Viewer), board.id)).toBe('manage');
    expect(code(await planning.createBoard(finn as Viewer, { title: 'No', template: 'blank' }))).toBe(
      'read-only',
    );
  });

  test('[PL2] a board of another organisation does not exist', async () => {
    const { planning, ana } = world;
    const board = value(await planning.createBoard(ana, { title: 'Ours', template: 'blank' }));
    const stranger: Viewer = { ...ana, organisationId: crypto.randomUUID() };
    const snapshot = value(await planning.takeSnapshot(ana, board.id, { why: 'manual' }));
    expect(await planning.right(stranger, board.id)).toBe('none');
    const answers = [
      await planning.board(stranger, board.id),
      await planning.changeBoard(stranger, board.id, { title: 'Theirs' }),
      await planning.importFile(stranger, board.id, '{}'),
      await planning.plan(stranger, board.id),
      await planning.export(stranger, board.id, 'csv'),
      await planning.takeSnapshot(stranger, board.id, { why: 'manual' }),
      await planning.snapshots(stranger, board.id),
      await planning.snapshot(stranger, snapshot.id),
      await planning.compare(stranger, snapshot.id, null),
      await planning.review(stranger, board.id, {}),
      await planning.commit(stranger, board.id, {}),
    ];
    expect(answers.map(code)).toEqual(answers.map(() => 'not-found'));
    expect(await planning.boards(stranger)).toEqual([]);
  });

  test('[PL3][PL6] only managers change and archive a board, and only to what is of the organisation', async () => {
    const { planning, ana } = world;
    const board = value(await planning.createBoard(ana, { title: 'Old', template: 'blank' }));
    expect(code(await planning.changeBoard(bea as Viewer, board.id, { title: 'Mine' }))).toBe('forbidden');
    expect(code(await planning.changeBoard(ana, board.id, { title: '  ' }))).toBe('title-missing');
    expect(code(await planning.changeBoard(ana, board.id, { periodId: crypto.randomUUID() }))).toBe(
      'unknown-period',
    );
    expect(code(await planning.changeBoard(ana, board.id, { teamIds: [crypto.randomUUID()] }))).toBe(
      'unknown-team',
    );
    const changed = value(await planning.changeBoard(ana, board.id, { title: 'New', teamIds: [red] }));
    expect(changed).toMatchObject({ title: 'New', teamIds: [red] });
    value(await planning.changeBoard(ana, board.id, { archived: true }));
    expect(await planning.right(bea as Viewer, board.id)).toBe('read');
    expect((await planning.boards(ana)).map(({ id }) => id)).not.toContain(board.id);
    value(await planning.changeBoard(ana, board.id, { archived: false }));
    expect((await planning.boards(ana)).map(({ id }) => id)).toContain(board.id);
  });
});
