import { eq } from 'drizzle-orm';
import type { Viewer } from '../../server/app.ts';
import { organisation } from '../../server/store/schema.ts';
import type { TrackingPart } from '../../server/tracking/tracking.ts';
import { parsePlanFile } from '../../src/domain/plan/format/parse-plan-file.ts';
import { realPlan } from '../planning/plan-files.ts';
import { openWorld, value, type World } from '../planning/world.ts';

/** The real file taken in on planning day, in an organisation whose clock is turned by hand (tracking.md T19). */
export interface ExampleClock {
  readonly world: World;
  readonly tracking: TrackingPart;
  readonly boardId: string;
  /** How many updates of the file became check-ins. */
  readonly taken: number;
  /** Ana, as the example's clock has it. */
  viewer(): Viewer;
  /** Turns the clock, and what it does up to then. */
  setClock(at: number): Promise<void>;
}

/** `closesAt`: when the plan's period is closed. */
export async function openExampleClock(planningDay: number, closesAt: number): Promise<ExampleClock> {
  const world = await openWorld([]);
  const tracking = world.tracking as TrackingPart;
  const { organisationId } = world.ana;
  let clock = planningDay;
  const viewer = (): Viewer => ({
    ...world.ana,
    organisation: { ...world.ana.organisation, kind: 'example', now: clock },
  });
  async function setClock(at: number): Promise<void> {
    clock = at;
    await world.store.transaction(async (tx) => {
      await tx
        .update(organisation)
        .set({ kind: 'example', clockNow: new Date(at), timezone: 'UTC' })
        .where(eq(organisation.id, organisationId));
      await tracking.replay(tx, { organisationId, zone: 'UTC', recordedAt: Date.now(), at });
    });
  }
  await setClock(planningDay);
  const { planning } = world;
  const { id: boardId } = value(await planning.createBoard(viewer(), { title: '2025H1', template: 'blank' }));
  value(await planning.importFile(viewer(), boardId, realPlan()));
  value(await planning.commit(viewer(), boardId, { overrides: { reason: 'imported as it was' } }));
  const file = value(parsePlanFile(realPlan()));
  const taken = await world.store.transaction((tx) =>
    tracking.importHistory(tx, {
      ...{ organisationId, boardId, at: clock, recordedAt: Date.now(), zone: 'UTC', file, closesAt },
      actor: { person: null, via: 'import' },
    }),
  );
  return { world, tracking, boardId, taken, viewer, setClock };
}
