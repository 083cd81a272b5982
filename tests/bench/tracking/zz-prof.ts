import { openStore } from '../../../server/store/open.ts';
import { createTracking } from '../../../server/tracking/tracking.ts';
import { randomUUID } from 'node:crypto';
import { idOf } from './make-organisation.ts';
const store = await openStore({ databaseUrl: process.argv[2]!, dataDir: '' });
const now = () => Date.now();
const tracking = createTracking({ store, now, newId: randomUUID, readPlan: async () => null });
for (let i = 0; i < 40; i++) await tracking.truth(idOf('organisation', 0), idOf('board', i % 2));
await store.close();
