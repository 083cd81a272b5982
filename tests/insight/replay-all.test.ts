import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerParts } from '../../server/registers/parts.ts';
import * as schema from '../../server/store/schema.ts';
import { readObjectEvents } from '../../server/tracking/read-events.ts';
import type { CommitmentEvent } from '../../src/domain/commitment/event.ts';
import { foldAll } from '../../src/domain/commitment/fold.ts';
import type { DependencyEvent } from '../../src/domain/dependency/event.ts';
import { foldAll as foldAsk } from '../../src/domain/dependency/fold.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { foldEntry } from '../../src/domain/register/decide-entry.ts';
import { foldRituals } from '../../src/domain/rhythm/fold-ritual.ts';
import type { RitualEvent } from '../../src/domain/rhythm/ritual-event.ts';
import type { RegisterKind } from '../../src/protocol/views/registers.ts';
import { openApiWorld, type ApiWorld } from '../api/api-world.ts';
import { asText, smallPlan } from '../planning/plan-files.ts';
import { value } from '../planning/world.ts';

const now = Date.parse('2026-04-02T10:00Z');
let world: ApiWorld;

beforeAll(async () => {
  world = await openApiWorld(() => now);
  const { ana, planning, app, rhythm } = world;
  const board = value(await planning.createBoard(ana, { title: 'Plan', template: 'blank' }));
  value(await planning.importFile(ana, board.id, asText(smallPlan())));
  const { commitments } = value(await planning.commit(ana, board.id, {}));
  const [first = ''] = commitments;
  const entries: readonly (readonly [
    RegisterKind,
    Record<string, unknown>,
    string,
    Record<string, unknown>,
  ])[] = [
    ['decision', { question: 'Whether?', affects: [first] }, 'decide', { chosen: 'yes' }],
    ['assumption', { statement: 'Demand stays' }, 'check', { answer: 'doubtful', note: 'less asked' }],
    ['risk', { title: 'It may rain' }, 'own', { followUpOn: '2026-05-01' }],
    ['triage-item', { title: 'Tests are slow' }, 'place', { place: 'now' }],
    ['interrupt', { what: 'An outage', displaced: first, costDays: 1 }, 'finish', {}],
    ['learning', { sentence: 'Test earlier' }, 'link-change', {}],
    ['outside-signal', { text: 'A rival is cheaper' }, 'close', { reason: 'So are we.' }],
    ['strategy-frame', { title: '2026', whereTo: 'North' }, 'amend', { whereTo: 'South' }],
  ];
  for (const [kind, input, command, more] of entries) {
    const { id } = value(await app.registers.create(ana, kind, input));
    await app.registers.act(ana, kind, id, command, more);
  }
  value(
    await rhythm.book(ana, [
      {
        ...({ kind: 'weekly', title: 'Weekly', teams: [], board: null, rotation: [], rota: [] } as const),
        ...({ rule: { type: 'weekly', every: 1, weekdays: [1] }, time: '10:00', zone: 'UTC' } as const),
        ...({ durationMinutes: 30, adjust: 'none', holidays: 'teams', starts: '2026-04-06' } as const),
        ...{ ends: null, quorum: null },
      },
    ]),
  );
});
afterAll(() => world.dispose());

const kinds = {
  commitment: schema.commitment,
  dependency: schema.dependency,
  decision: schema.decision,
  assumption: schema.assumption,
  risk: schema.risk,
  'triage-item': schema.triageItem,
  interrupt: schema.interrupt,
  learning: schema.learning,
  'outside-signal': schema.outsideSignal,
  'strategy-frame': schema.strategyFrame,
  ritual: schema.ritual,
} as const;

/** The state of any object, made anew from nothing but its events. */
function replay(kind: keyof typeof kinds, events: readonly DomainEvent[]): unknown {
  if (kind === 'commitment') return foldAll(events as readonly CommitmentEvent[]);
  if (kind === 'dependency') return foldAsk(events as readonly DependencyEvent[]);
  if (kind === 'ritual') return foldRituals(events as readonly RitualEvent[]);
  return foldEntry(registerParts[kind].rules, events);
}

test('[IN8] every object of an organisation, replayed from its events, is what its projection says', async () => {
  const { store, ana } = world;
  const { organisationId } = ana;
  const seen: string[] = [];
  for (const [kind, table] of Object.entries(kinds) as [keyof typeof kinds, typeof schema.decision][]) {
    const rows = await store.db
      .select({ id: table.id, state: table.state, version: table.version })
      .from(table)
      .where(eq(table.organisationId, organisationId))
      .orderBy(asc(table.id));
    for (const row of rows) {
      const events = await readObjectEvents(
        store.db,
        { organisationId, kind, id: row.id },
        Date.parse('2100-01-01'),
      );
      const state = JSON.parse(JSON.stringify(replay(kind, events))) as Record<string, unknown>;
      expect(state, `${kind} ${row.id}`).toEqual(row.state);
      expect(events).toHaveLength(row.version);
      seen.push(kind);
    }
  }
  expect([...new Set(seen)].sort()).toEqual(Object.keys(kinds).sort());
});
