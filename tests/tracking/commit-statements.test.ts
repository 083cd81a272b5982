import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../support/embedded.ts';
import type { Transaction } from '../../server/store/store.ts';
import { makeTrackingWorld } from './server-world.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.dispose());

/** Hands every query on and counts it. */
function counting(tx: Transaction, count: { queries: number }): Transaction {
  const starts = ['select', 'selectDistinct', 'selectDistinctOn', 'insert', 'update', 'delete', 'execute'];
  return new Proxy(tx, {
    get(target, property, receiver) {
      if (typeof property === 'string' && starts.includes(property)) count.queries += 1;
      const member: unknown = Reflect.get(target, property, receiver);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

test('[TR22] a thousand objectives take as many statements as ten, and a second press writes nothing', async () => {
  const press = async (objectives: number) => {
    const world = await makeTrackingWorld(opened.store);
    const offers = Array.from({ length: objectives }, (_, k) => ({ key: `objective-${k}` }));
    const first = { queries: 0 };
    const again = { queries: 0 };
    const ids = await world.commit(offers, [], (tx) => counting(tx, first));
    expect(await world.commit(offers, [], (tx) => counting(tx, again))).toEqual(ids);
    expect(ids.size).toBe(objectives);
    return [first.queries, again.queries];
  };
  const ten = await press(10);
  expect(await press(1_000)).toEqual(ten);
  expect(ten[0]).toBeLessThanOrEqual(7);
  expect(ten[1]).toBe((ten[0] ?? 0) - 2);
});
