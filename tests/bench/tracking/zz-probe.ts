import { openStore } from '../../../server/store/open.ts';
import { createTracking } from '../../../server/tracking/tracking.ts';
import { findViewer } from '../../../server/auth/viewers.ts';
import { randomUUID } from 'node:crypto';
import { idOf } from './make-organisation.ts';
import { percentile } from '../figures.ts';
const store = await openStore({ databaseUrl: process.argv[2]!, dataDir: '' });
const n = Number(process.argv[3]);
const now = () => Date.now();
const tracking = createTracking({ store, now, newId: randomUUID, readPlan: async () => null });
const viewer = async (p: number) =>
  (await findViewer(
    store.db,
    { memberId: idOf('member', p) },
    { via: 'web', signInId: null, scope: 'write' },
    now(),
  ))!;
const measure = async (what: string, runs: number, work: (i: number) => Promise<unknown>) => {
  const ms: number[] = [];
  for (let i = 0; i < runs + 3; i++) {
    const t = performance.now();
    await work(i);
    if (i >= 3) ms.push(performance.now() - t);
  }
  console.log(
    what.padEnd(30),
    'p50',
    percentile(ms, 0.5).toFixed(1),
    'p95',
    percentile(ms, 0.95).toFixed(1),
    'max',
    Math.max(...ms).toFixed(1),
  );
};
const people = Math.floor(n / 5);
const v: any[] = [];
for (let i = 0; i < 43; i++) v.push(await viewer((i * 7919) % people));
await measure('inbox', 40, (i) => tracking.inbox(v[i % v.length]));
await measure('team ledger', 40, (i) => tracking.commitments(v[0], { teamId: idOf('team', i % 20) }));
await measure('board ledger', 40, (i) =>
  tracking.commitments(v[0], { boardId: idOf('board', i % Math.ceil(n / 250)) }),
);
await measure('team asks', 40, (i) => tracking.dependencies(v[0], { teamId: idOf('team', i % 20) }));
await measure('truth', 20, (i) =>
  tracking.truth(idOf('organisation', 0), idOf('board', i % Math.ceil(n / 250))),
);
await measure('commitment page', 40, (i) =>
  tracking.commitment(v[i % v.length], idOf('commitment', ((i * 7919) % people) * 5 + 1)),
);
await measure('check-in', 40, async (i) => {
  const r = await tracking.checkIn(v[i % v.length], idOf('commitment', ((i * 7919) % people) * 5 + 1), {
    status: 'on',
    confidence: 80,
    values: { tasks: 96 },
  });
  if (!r.ok) throw new Error(r.refusal.message);
});
await measure('all commitments', 3, () => tracking.commitments(v[0], {}));
for (const days of [30, 400, 900, 1600])
  await measure(`all as of ${days} d ago`, 3, async () => {
    const r = await tracking.commitments(v[0], { at: Date.now() - days * 86400000 });
    if (r.length !== n) throw new Error(String(r.length));
  });
await measure('asks as of', 3, () => tracking.dependencies(v[0], { at: Date.now() - 900 * 86400000 }));
await measure('page as of', 20, async (i) => {
  const r = await tracking.commitment(v[0], idOf('commitment', i), { at: Date.now() - 900 * 86400000 });
  if (!r.ok) throw new Error(r.refusal.message);
});
await measure('advance clock', 3, () => tracking.advanceClock());
await store.close();
