import { expect, test } from 'vitest';
import { evidenceLinks } from './evidence-links.ts';

test('[PG28] several links are followed each, words stay words, and nothing but http is a link', () => {
  const one = 'https://plan.example.org/a';
  expect(evidenceLinks(` ${one} `)).toEqual([{ text: one, href: one, name: 'Evidence' }]);
  expect(evidenceLinks(`${one} http://wiki.example.org/b ${one}`)).toEqual([
    { text: one, href: one, name: 'Evidence 1 (plan.example.org)' },
    {
      text: 'http://wiki.example.org/b',
      href: 'http://wiki.example.org/b',
      name: 'Evidence 2 (wiki.example.org)',
    },
  ]);
  for (const words of ['see the minutes', `see ${one}`, `${one} javascript:alert(1)`]) {
    expect(evidenceLinks(words)).toEqual([{ text: words, href: null, name: '' }]);
  }
});
