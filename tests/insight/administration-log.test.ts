import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Viewer } from '../../server/app.ts';
import type { CalendarSettings } from '../../src/domain/rhythm/planning-calendar.ts';
import { openApiWorld, type ApiWorld } from '../api/api-world.ts';
import { value } from '../planning/world.ts';

let world: ApiWorld;
let now = Date.parse('2026-04-02T10:00Z');
beforeAll(async () => {
  world = await openApiWorld(() => now);
});
afterAll(() => world.dispose());

const said = async (kind: string) =>
  (await world.app.insight.audit(world.ana, { kind })).lines.map(
    ({ title, sentence, byName }) => `${byName} · ${title} · ${sentence}`,
  );

test('[IN20] who is put into a team and taken out, and what is changed of it', async () => {
  const { organisations, ana } = world;
  const mia = await world.join('Mia', 'member');
  const team = value(await organisations.createTeam(ana, { name: 'Green' }));
  const place = { personId: mia.personId, role: 'lead' } as const;
  value(await organisations.putInTeam(ana, team.id, place));
  value(await organisations.putInTeam(ana, team.id, place));
  value(await organisations.putInTeam(ana, team.id, { ...place, role: 'member', share: 0.5 }));
  value(await organisations.changeTeam(ana, team.id, { name: 'Greens' }));
  value(await organisations.changeTeam(ana, team.id, { name: 'Greens' }));
  value(await organisations.removeFromTeam(ana, team.id, mia.personId));
  value(await organisations.removeFromTeam(ana, team.id, mia.personId));
  expect(await said('team')).toEqual([
    'Ana · Greens · Took Mia out.',
    'Ana · Greens · Changed: name Greens, not Green.',
    'Ana · Greens · Changed Mia’s place: member, not lead; 50 % of the time, not 100 %.',
    'Ana · Greens · Put Mia in, as lead.',
    'Ana · Greens · Made.',
  ]);
  const history = value(await world.app.insight.history(mia, 'team', team.id));
  expect(history.lines.map(({ type }) => type)).toEqual([
    'made',
    'person-put-in',
    'person-put-in',
    'changed',
    'person-taken-out',
  ]);
});

test('[IN21] looked back to, a thing is called what it was called then', async () => {
  const { organisations, insight } = world.app;
  const ana = (): Viewer => ({ ...world.ana, organisation: { ...world.ana.organisation, now } });
  const { id } = value(await organisations.createTeam(ana(), { name: 'North' }));
  const first = now;
  now += 60_000;
  value(await organisations.changeTeam(ana(), id, { name: 'South' }));
  now += 60_000;
  const team = async (at?: number) => value(await insight.history(ana(), 'team', id, at)).title;
  expect([await team(first), await team()]).toEqual(['North', 'South']);
  const { facts } = value(await insight.history(ana(), 'team', id));
  expect(facts).toContainEqual({ name: 'Name', value: 'South' });
  const { name } = world.ana.organisation;
  value(await organisations.changeOrganisation(ana(), { name: 'Renamed' }));
  const renamed = now;
  now += 60_000;
  value(await organisations.changeOrganisation(ana(), { name }));
  const home = async (at?: number) =>
    value(await insight.history(ana(), 'organisation', world.ana.organisationId, at)).title;
  expect([await home(renamed), await home()]).toEqual(['Renamed', name]);
});

test('[IN20] whose rights change, and what of the organisation', async () => {
  const { organisations, ana } = world;
  const max = await world.join('Max', 'member');
  value(await organisations.changeMember(ana, max.memberId, { role: 'administrator' }));
  value(await organisations.changeMember(ana, max.memberId, { role: 'administrator' }));
  value(await organisations.changeMember(ana, max.memberId, { suspended: true }));
  expect(await said('person')).toEqual([
    'Ana · Max · Rights changed: suspended yes, not no.',
    'Ana · Max · Rights changed: role administrator, not member.',
  ]);
  const { depth } = ana.organisation;
  value(await organisations.changeOrganisation(ana, { depth }));
  expect(await said('organisation')).toEqual([]);
  value(await organisations.changeOrganisation(ana, { depth: depth === 'light' ? 'standard' : 'light' }));
  expect(await said('organisation')).toEqual([expect.stringContaining('Changed: depth')]);
});

test('[IN20] what of a board', async () => {
  const { planning, ana } = world;
  const board = value(await planning.createBoard(ana, { title: 'Plan', template: 'blank' }));
  value(await planning.changeBoard(ana, board.id, { title: 'Our plan', scope: 'private' }));
  value(await planning.changeBoard(ana, board.id, { title: 'Our plan' }));
  expect(await said('board')).toEqual([
    'Ana · Our plan · Changed: scope private, not organisation; title Our plan, not Plan.',
    'Ana · Our plan · Made.',
  ]);
});

test('[IN23] calendar, days off, leaves and zones stand in the log with who and when, and are known as of a day', async () => {
  const { rhythm, insight, organisations } = world.app;
  const ana = (): Viewer => ({ ...world.ana, organisation: { ...world.ana.organisation, now } });
  const of = (kind: string, id: string, at?: number) => insight.history(ana(), kind, id, at);
  const lines = async (kind: string, id: string) =>
    value(await of(kind, id)).lines.map(({ byName, sentence }) => `${byName} · ${sentence}`);
  const { organisationId, personId } = world.ana;
  now += 60_000;
  const before = now;
  now += 60_000;
  const weeks = {
    kind: 'weeks',
    endWeekday: 6,
    endMonth: 1,
    endRule: 'last-in-month',
    pattern: '4-4-5',
  } as const;
  const { settings } = (await rhythm.calendars(ana()))[0] ?? { settings: null };
  value(
    await rhythm.saveCalendar(ana(), {
      ...settings,
      weekStart: 7,
      shape: weeks,
    } as unknown as CalendarSettings),
  );
  const [fair] = value(
    await rhythm.addDaysOff(ana(), {
      kind: 'freeze',
      days: [{ start: '2026-05-04', end: '2026-05-08', label: 'Fair' }],
    }),
  );
  value(await rhythm.removeDayOff(ana(), fair?.id ?? ''));
  const told = await lines('organisation', organisationId);
  expect(told.slice(-3)).toEqual([
    expect.stringMatching(
      /^Ana · Calendar changed: .*calendar 52\/53-week years .*, not Years from .*It holds from \d{4}-/,
    ),
    'Ana · Wrote down the freeze “Fair”, 2026-05-04 to 2026-05-08.',
    'Ana · Took away the freeze “Fair”, 2026-05-04 to 2026-05-08.',
  ]);
  const calendarAt = async (at?: number) =>
    value(await of('organisation', organisationId, at)).facts.find(({ name }) => name === 'Calendar')?.value;
  expect(await calendarAt(before)).toMatch(/^Years from/);
  expect(await calendarAt()).toMatch(/^52\/53-week years/);

  const away = value(
    await rhythm.addLeave(ana(), { personId, start: '2026-05-11', end: '2026-05-11', delegateId: null }),
  );
  value(await rhythm.removeLeave(ana(), away.id));
  expect((await lines('person', personId)).slice(-2)).toEqual([
    'Ana · Away 2026-05-11; meanwhile what is due is excused.',
    'Ana · Away 2026-05-11: taken back.',
  ]);
  // Somebody, or a team, of whom nothing was ever written down has a history with nothing in it.
  const theirs = world.join('Kim', 'member');
  expect(value(await of('person', (await theirs).personId))).toMatchObject({ title: 'Kim', lines: [] });
  const { id } = value(await organisations.createTeam(ana(), { name: 'West' }));
  value(await rhythm.setTeamZone(ana(), id, 'America/New_York'));
  value(await rhythm.setTeamZone(ana(), id, 'America/New_York'));
  expect(await lines('team', id)).toEqual([
    'Ana · Made.',
    'Ana · Changed: timezone America/New_York, not nothing.',
  ]);
});
