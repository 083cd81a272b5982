import { describe, expect, test } from 'vitest';
import { matchOptions } from './match-options.ts';

const people = ['Ana Kovač', 'Mia Berg', 'Anke van der Berg', 'Zoë Anand'].map((label) => ({
  value: label,
  label,
}));
const found = (typed: string): readonly string[] => matchOptions(people, typed).map(({ label }) => label);

describe('finding a choice by typing', () => {
  test('[PG50] the beginning of any word finds it, without case and accents', () => {
    expect(found('kovac')).toEqual(['Ana Kovač']);
    expect(found('ZOE')).toEqual(['Zoë Anand']);
    expect(found('erg')).toEqual([]);
  });

  test('[PG50] several words in any order; what begins as typed comes first', () => {
    expect(found('berg an')).toEqual(['Anke van der Berg']);
    expect(found('an')).toEqual(['Ana Kovač', 'Anke van der Berg', 'Zoë Anand']);
    expect(found('berg')).toEqual(['Mia Berg', 'Anke van der Berg']);
  });

  test('[PG50] nothing typed offers everything', () => {
    expect(found('  ')).toHaveLength(4);
  });

  test('[PG50] five hundred people are narrowed within a frame', () => {
    const many = Array.from({ length: 500 }, (_, at) => ({
      value: String(at),
      label: `Person Number ${at}`,
    }));
    const began = performance.now();
    for (let times = 0; times < 10; times += 1) expect(matchOptions(many, 'number 42')).toHaveLength(11);
    expect((performance.now() - began) / 10).toBeLessThan(16);
  });
});
