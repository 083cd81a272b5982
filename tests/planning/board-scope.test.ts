import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import { openApiWorld, type ApiWorld } from '../api/api-world.ts';
import { asText, smallPlan } from './plan-files.ts';
import { password, value } from './world.ts';

type Caller = 'maker' | 'member' | 'blue' | 'rosa' | 'admin';

/** A board of two teams' plan that the maker narrows; blue is asked for something on it, Rosa owns a promise of it. */
describe('who may look at a board', () => {
  let world: ApiWorld;
  let boardId: string;
  let promiseId: string;
  let rosasId: string;
  let askId: string;
  let riskId: string;
  let sessionId: string;
  let meetingId: string;
  let ritualId: string;
  let snapshotId: string;
  const feeds = {} as Record<Caller, string>;
  let blueId: string;
  const viewers = {} as Record<Caller, Viewer>;

  beforeAll(async () => {
    world = await openApiWorld(() => Date.parse('2026-04-02T10:00Z'));
    const { organisations, planning, tracking, app, ana } = world;
    const [blue] = (await organisations.teams(ana)).filter(({ key }) => key === 'blue');
    blueId = blue?.id ?? '';
    const maker = await world.join('Max', 'member');
    viewers.blue = await world.join('Blanca', 'member', blueId);
    viewers.member = await world.join('Mia', 'member');
    viewers.admin = await world.join('Olga', 'administrator');
    const board = value(await planning.createBoard(maker, { title: 'Plan', template: 'blank', teamIds: [] }));
    boardId = board.id;
    value(await planning.importFile(maker, boardId, asText(smallPlan({ dependencies: [] }))));
    const named = (await organisations.people(ana)).find(({ key }) => key === 'rosa');
    viewers.rosa = await world.join('Roswitha', 'member');
    value(await organisations.linkPerson(ana, named?.id ?? '', viewers.rosa.memberId));
    viewers.rosa = await world.again(viewers.rosa);
    snapshotId = value(await planning.commit(maker, boardId, {})).snapshot.id;
    const rows = await tracking.commitments(ana, { boardId });
    promiseId = rows.find(({ objectKey }) => objectKey === 'o1')?.id ?? '';
    rosasId = rows.find(({ objectKey }) => objectKey === 'o2')?.id ?? '';
    const ask = value(
      await tracking.saveDependency(maker, boardId, {
        ...{ objectKey: 'd9', requesterKey: 'o1', requesterTeam: 'red', providerTeam: 'blue' },
        ...{ what: 'an interface', neededBy: null, hardness: 'hard' as const },
      }),
    );
    askId = ask.id;
    value(await tracking.actOnDependency(ana, askId, 'send', {}));
    riskId = value(await app.registers.create(maker, 'risk', { title: 'It may rain', board: boardId })).id;
    sessionId = value(await app.facilitation.plan(maker, { kind: 'weekly', boardId })).session.id;
    viewers.maker = maker;
    const [ritual] = value(
      await app.rhythm.book(maker, [
        {
          ...({ kind: 'monthly', title: 'Secret meeting', teams: [], board: boardId, rotation: [] } as const),
          ...({ rule: { type: 'weekly', every: 1, weekdays: [1] }, time: '10:00', zone: 'UTC' } as const),
          ...({ durationMinutes: 30, adjust: 'none', holidays: 'teams', starts: '2026-04-06' } as const),
          ...{ ends: null, quorum: null, rota: [] },
        },
      ]),
    );
    ritualId = ritual?.id ?? '';
    meetingId = ritual?.next?.id ?? '';
    for (const name of Object.keys(viewers) as Caller[])
      feeds[name] = value(await app.rhythm.createFeed(viewers[name], { kind: 'person' })).token;
  });
  afterAll(() => world.dispose());

  const narrow = async (scope: 'organisation' | 'team' | 'private', teamIds: readonly string[] = []) => {
    value(await world.planning.changeBoard(viewers.maker, boardId, { scope, teamIds }));
    for (const name of Object.keys(viewers) as Caller[]) viewers[name] = await world.again(viewers[name]);
  };

  /** What somebody gets to see, through every door. */
  async function seenBy(name: Caller) {
    const { app } = world;
    const viewer = viewers[name];
    const found = async (asked: Promise<{ readonly ok: boolean }>) => (await asked).ok;
    const at = viewer.organisation.now - 1;
    const stretch = { from: at, to: at + 30 * 86_400_000 };
    const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
    const log = (await app.insight.audit(viewer, {})).lines.map(({ objectId }) => objectId);
    const sees = {
      board: [
        (await app.planning.boards(viewer)).some(({ id }) => id === boardId),
        await found(app.planning.board(viewer, boardId)),
        await found(app.planning.history(viewer, boardId)),
        await found(app.auth.createTicket(viewer, boardId)),
        (await app.planning.right(viewer, boardId)) !== 'none',
        await found(app.planning.snapshot(viewer, snapshotId)),
        await found(app.planning.compare(viewer, snapshotId, null)),
      ],
      promise: [
        ids(await app.tracking.commitments(viewer, {})).includes(promiseId),
        await found(app.tracking.commitment(viewer, promiseId)),
        await found(app.insight.history(viewer, 'commitment', promiseId)),
        log.includes(promiseId),
      ],
      rosas: [
        ids(await app.tracking.commitments(viewer, {})).includes(rosasId),
        await found(app.tracking.commitment(viewer, rosasId)),
        await found(app.insight.history(viewer, 'commitment', rosasId)),
        log.includes(rosasId),
      ],
      ask: [
        ids(await app.tracking.dependencies(viewer, {})).includes(askId),
        await found(app.tracking.dependency(viewer, askId)),
        await found(app.insight.history(viewer, 'dependency', askId)),
        log.includes(askId),
      ],
      risk: [
        ids(await app.registers.list(viewer, 'risk', {})).includes(riskId),
        ids(await app.registers.list(viewer, 'risk', { at })).includes(riskId) ||
          ids(await app.registers.list(viewer, 'risk', {})).includes(riskId),
        await found(app.registers.read(viewer, 'risk', riskId)),
        log.includes(riskId),
      ],
      meeting: [
        ids(await app.rhythm.rituals(viewer, {})).includes(ritualId),
        await found(app.rhythm.ritual(viewer, ritualId)),
        await found(app.rhythm.occurrence(viewer, meetingId)),
        value(await app.rhythm.readFeed(feeds[name])).body.includes('Secret meeting'),
        ids(await app.rhythm.nextOccurrences(viewer, stretch)).includes(meetingId),
      ],
      notDoing: [(await app.registers.notDoing(viewer, {})).length > 0],
      session: [
        ids(await app.facilitation.sessions(viewer, {})).includes(sessionId),
        await found(app.facilitation.session(viewer, sessionId)),
        await found(app.facilitation.minutes(viewer, sessionId)),
        await found(app.facilitation.rows(viewer, sessionId, null)),
      ],
    };
    // Through one door or through none: half seen is a leak.
    return Object.fromEntries(
      Object.entries(sees).map(([what, doors]) => [
        what,
        doors.every(Boolean) ? 'yes' : doors.some(Boolean) ? doors : 'no',
      ]),
    );
  }

  const nothing = {
    ...{ board: 'no', promise: 'no', rosas: 'no', ask: 'no', risk: 'no', notDoing: 'no', session: 'no' },
    meeting: 'no',
  };
  const all = {
    ...{
      board: 'yes',
      promise: 'yes',
      rosas: 'yes',
      ask: 'yes',
      risk: 'yes',
      notDoing: 'yes',
      session: 'yes',
      meeting: 'yes',
    },
  };

  test('[AC3] everybody looks at a board that is everybody’s', async () => {
    await narrow('organisation');
    for (const name of ['maker', 'member', 'blue', 'rosa', 'admin'] as const)
      expect(await seenBy(name), name).toEqual(all);
  });

  test('[AC3][AC4] a private board is its maker’s; others see what concerns them, an administrator nothing', async () => {
    await narrow('private');
    expect(await seenBy('maker')).toEqual(all);
    expect(await seenBy('member')).toEqual(nothing);
    expect(await seenBy('admin')).toEqual(nothing);
    expect(await seenBy('rosa')).toEqual({ ...nothing, rosas: 'yes' });
    expect(await seenBy('blue')).toEqual({ ...nothing, ask: 'yes' });
  });

  test('[AC3][AC4] a board of teams is seen by their people and by administrators', async () => {
    await narrow('team', [blueId]);
    expect(await seenBy('maker')).toEqual(all);
    expect(await seenBy('blue')).toEqual(all);
    expect(await seenBy('admin')).toEqual(all);
    expect(await seenBy('member')).toEqual(nothing);
    expect(await seenBy('rosa')).toEqual({ ...nothing, rosas: 'yes' });
  });

  test('[AC4] who may not see it can do nothing to it either, and is told the same as of what is not there', async () => {
    await narrow('private');
    const { app } = world;
    const { member } = viewers;
    const refusals = [
      await app.planning.changeBoard(member, boardId, { title: 'Mine' }),
      await app.planning.export(member, boardId, 'md'),
      await app.tracking.act(member, promiseId, 'drop', { reason: 'x' }),
      await app.tracking.checkIn(member, promiseId, { status: 'on', confidence: 50 }),
      await app.tracking.actOnDependency(member, askId, 'decline', { reason: 'x' }),
      await app.registers.act(member, 'risk', riskId, 'resolve', { reason: 'x' }),
      await app.registers.create(member, 'risk', { title: 'Mine', board: boardId }),
      await app.facilitation.plan(member, { kind: 'weekly', boardId }),
    ];
    expect(refusals.map((it) => (it.ok ? 'allowed' : it.refusal.code))).toEqual(
      refusals.map(() => 'not-found'),
    );
    const session = await app.facilitation.command(member, sessionId, { command: { type: 'arrive' } });
    expect(session).toMatchObject({ ok: false, refusal: { code: 'unknown-session' } });
    expect((await app.insight.warnings(member, {})).map(({ title }) => title)).not.toContain('an interface');
  });

  test('[AC4] a team’s own meeting speaks of a narrow board only when it is the team’s', async () => {
    const { app, organisations } = world;
    const red = (await organisations.teams(world.ana)).find(({ key }) => key === 'red')?.id ?? '';
    const { session } = value(await app.facilitation.plan(world.ana, { kind: 'monthly', teamId: red }));
    const titles = async (): Promise<string> => {
      const found = await Promise.all(
        session.stages.map(({ id }) => app.facilitation.rows(world.ana, session.id, id)),
      );
      return JSON.stringify(found.map(value));
    };
    await narrow('organisation');
    expect(await titles()).toContain('Objective o1');
    await narrow('team', [red]);
    expect(await titles()).toContain('Objective o1');
    await narrow('team', [blueId]);
    expect(await titles()).not.toContain('Objective o1');
    await narrow('private');
    expect(await titles()).not.toContain('Objective o1');
  });

  test('[AC5] nobody closes a board before his own eyes, and only its maker keeps it to himself', async () => {
    await narrow('team', [blueId]);
    const { planning } = world;
    const refused = { ok: false, refusal: { code: 'locks-you-out', path: 'scope' } };
    expect(await planning.changeBoard(viewers.admin, boardId, { scope: 'private' })).toMatchObject(refused);
    expect(await planning.changeBoard(viewers.member, boardId, { scope: 'organisation' })).toMatchObject({
      ...{ ok: false, refusal: { code: 'not-found' } },
    });
    expect(
      value(await planning.changeBoard(viewers.admin, boardId, { scope: 'organisation' })),
    ).toMatchObject({
      scope: 'organisation',
    });
  });

  test('[AC3] an invite names no board that whoever takes it could not look at, and opens none', async () => {
    const { auth } = world;
    await narrow('organisation');
    const { admin, maker } = viewers;
    const invite = async (teamId: string | null = null) =>
      value(
        await auth.createInvite(admin, { role: 'member', boardId, ...(teamId === null ? {} : { teamId }) }),
      );
    const [anybodys, blues] = [await invite(), await invite(blueId)];
    const named = async ({ token }: { readonly token: string }) =>
      value(await auth.readInvite(token)).boardTitle;
    expect([await named(anybodys), await named(blues)]).toEqual(['Plan', 'Plan']);
    await narrow('team', [blueId]);
    expect([await named(anybodys), await named(blues)]).toEqual([null, 'Plan']);
    await narrow('private');
    expect([await named(anybodys), await named(blues)]).toEqual([null, null]);
    const joining = { name: 'Nils', email: 'nils@example.org', password };
    const client = { address: '127.0.0.1', userAgent: 'test' };
    expect(value(await auth.acceptInvite(anybodys.token, joining, client)).boardId).toBeNull();
    const refused = await auth.createInvite(viewers.admin, { role: 'member', boardId });
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'unknown-board' } });
    expect((await world.planning.board(maker, boardId)).ok).toBe(true);
    await narrow('organisation');
  });

  test('[AC3] who was in a team that is archived sees no more of its boards, by no door', async () => {
    await narrow('team', [blueId]);
    expect(await seenBy('blue')).toEqual(all);
    value(await world.organisations.changeTeam(world.ana, blueId, { archived: true }));
    viewers.blue = await world.again(viewers.blue);
    expect(await seenBy('blue')).toEqual(nothing);
  });
});
