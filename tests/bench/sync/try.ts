import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findContenders } from './contenders.ts';
import { Stage } from './scenes.ts';
const root = mkdtempSync(join(tmpdir(), 'bench-sync-'));
const [what, ids, a, b, c] = process.argv.slice(2);
const all = await findContenders(root);
const stage = new Stage(root, { warmMs: 1500, ms: Number(process.env.MS ?? 4000) });
for (const id of ids.split(',')) {
  const k = all.find((x) => x.id === id)!;
  try {
  if (what === 'live') {
    const { checks, ...r } = await stage.live(k, { people: Number(a), editsPerS: Number(b ?? 5), cursorsPerS: Number(c ?? 20) });
    const s = [...checks].sort((x, y) => x - y);
    console.log(id, 'cpu/1000', ((r.cpu.server / r.edits) * 1000).toFixed(0), 'db', ((r.cpu.database / r.edits) * 1000).toFixed(0), JSON.stringify(r), 'checks', s[s.length >> 1], s[Math.floor(s.length * 0.99)], s.reduce((x, y) => x + y, 0) / s.length);
  } else if (what === 'join') console.log(id, JSON.stringify(await stage.join(k, Number(a), 100)));
  else if (what === 'return') console.log(id, JSON.stringify(await stage.comeBack(k, Number(a))));
  else if (what === 'kill') console.log(id, JSON.stringify(await stage.kill(k)));
  else if (what === 'idle') console.log(id, JSON.stringify(await stage.idle(k, Number(a), Number(b))));
  } catch (e) { console.log(id, 'FAILED', e); }
}
for (const k of all) await k.place.drop().catch(() => {});
rmSync(root, { recursive: true, force: true });
process.exit(0);
