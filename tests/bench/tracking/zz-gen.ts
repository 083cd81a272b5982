import { openStore } from '../../../server/store/open.ts';
import { makeOrganisation } from './make-organisation.ts';
import { shareOf, whole } from './size.ts';
const share = Number(process.argv[2]);
const store = await openStore({ databaseUrl: process.argv[3]!, dataDir: '' });
const t = performance.now();
await makeOrganisation(store, shareOf(whole, share), Date.now());
console.log('generated in', Math.round(performance.now() - t), 'ms');
await store.close();
