import { flushSync } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { expect, test } from 'vitest';

test('[TL9] effects run in the tests of .svelte.ts modules', () => {
  const seen: number[] = [];
  let count = $state(1);
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(count);
    });
  });
  flushSync();
  count = 2;
  flushSync();
  stop();
  expect(seen).toEqual([1, 2]);
});

test('[TL9] what Svelte offers to follow outside sources is the real thing', () => {
  let told = () => {};
  const subscribe = createSubscriber((update) => {
    told = update;
    return () => {};
  });
  let value = 'before';
  const seen: string[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      subscribe();
      seen.push(value);
    });
  });
  flushSync();
  value = 'after';
  told();
  flushSync();
  stop();
  expect(seen).toEqual(['before', 'after']);
});
