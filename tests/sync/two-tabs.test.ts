import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BoardConnection } from '#lib/live/board-connection.ts';
import { cardsOf, putCard } from './support/card-rules.ts';
import { MemoryJournal } from './support/memory-journal.ts';
import { openTab, person, reaches, saved, shows, startHost, type SyncHost } from './support/sync-host.ts';

const board = 'b1';
let journal: MemoryJournal;
let host: SyncHost;
const tabs: BoardConnection[] = [];
const cast = {
  ana: person('ana'),
  ben: person('ben'),
  olga: person('olga', 'read'),
  eve: person('eve', 'none'),
};

const open = async (name: string): Promise<BoardConnection> => {
  const tab = await openTab({ url: host.url, board, name });
  tabs.push(tab);
  return tab;
};

beforeEach(async () => {
  journal = new MemoryJournal();
  journal.create(board);
  host = await startHost({ journal, cast });
});

afterEach(async () => {
  await Promise.all(tabs.splice(0).map((tab) => tab.close()));
  await host.stop();
});

describe('two tabs of ours on one board', () => {
  test('[LV1] an edit is seen by the other and saved when it is in the journal', async () => {
    const [ana, ben] = await Promise.all([open('ana'), open('ben')]);
    await Promise.all([saved(ana), saved(ben)]);
    putCard(ana.doc, 'c1', { title: 'Ship it', x: 3 });
    expect(ana.state.save.kind).not.toBe('saved');
    await shows(ben.doc, (doc) => doc.getMap('cards').has('c1'));
    await saved(ana);
    expect(cardsOf(ben.doc)).toEqual({ c1: { title: 'Ship it', x: 3 } });
    expect(journal.stored(board).rows.map((row) => row.person)).toEqual(['ana']);
  });

  test('[LV2] what was saved is there after the server restarted, and edits made meanwhile arrive', async () => {
    const ana = await open('ana');
    await saved(ana);
    putCard(ana.doc, 'c1', { title: 'before' });
    await saved(ana);
    const port = Number(new URL(host.url).port);
    await host.stop();
    await reaches(ana, (state) => state.save.kind === 'offline');
    putCard(ana.doc, 'c2', { title: 'meanwhile' });
    await reaches(ana, (state) => state.save.kind === 'offline' && state.save.kept > 0);
    host = await startHost({ journal, cast, port });
    await saved(ana, 10_000);
    const ben = await open('ben');
    await saved(ben);
    expect(cardsOf(ben.doc)).toEqual({ c1: { title: 'before' }, c2: { title: 'meanwhile' } });
  });

  test('[LV11] however often the server went away before, a tab comes back at once', async () => {
    const ana = await open('ana');
    await saved(ana);
    const port = Number(new URL(host.url).port);
    for (let round = 0; round < 8; round++) {
      await host.stop();
      await reaches(ana, (state) => state.link === 'closed');
      host = await startHost({ journal, cast, port });
      putCard(ana.doc, `c${round}`, { title: 'again' });
      await saved(ana, 10_000);
    }
    expect(journal.stored(board).rows).toHaveLength(8);
  });

  test('[LV3] an observer sees everything and changes nothing', async () => {
    const [ana, olga] = await Promise.all([open('ana'), open('olga')]);
    await Promise.all([saved(ana), saved(olga)]);
    expect(olga.state.right).toBe('read');
    putCard(ana.doc, 'c1', { title: 'seen' });
    await shows(olga.doc, (doc) => doc.getMap('cards').has('c1'));
    putCard(olga.doc, 'c2', { title: 'not mine to write' });
    const refused = await reaches(olga, (state) => state.save.kind === 'not-saved');
    expect(refused.save).toMatchObject({ code: 'read-only' });
    await reaches(olga, (state) => state.recoveredCopies === 1);
    expect(cardsOf(olga.doc)).toEqual({ c1: { title: 'seen' } });
    expect(journal.stored(board).rows).toHaveLength(1);
  });

  test('[LV4] a stranger gets nothing', async () => {
    const eve = await open('eve');
    const state = await reaches(eve, ({ closed }) => closed !== null);
    expect(state.closed?.code).toBe(4403);
    expect(cardsOf(eve.doc)).toEqual({});
  });
});
