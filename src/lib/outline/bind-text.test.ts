import { describe, expect, test } from 'vitest';
import { moveCaret } from './bind-text.ts';

describe('the caret in a shared text', () => {
  test('[CV7] moves along when letters come before it', () => {
    expect(moveCaret(5, 'ship it', 'we ship it')).toBe(8);
  });

  test('[CV7] stays when letters come behind it', () => {
    expect(moveCaret(4, 'ship it', 'ship it now')).toBe(4);
  });

  test('[CV7] moves back when letters before it go', () => {
    expect(moveCaret(7, 'we ship it', 'ship it')).toBe(4);
  });

  test('[CV7] goes to the end of what replaced the letters it stood in', () => {
    expect(moveCaret(5, 'ship it', 'sell it')).toBe(5);
    expect(moveCaret(2, 'ship it', 'skip it')).toBe(2);
    expect(moveCaret(3, 'abcdef', 'aXXf')).toBe(3);
  });

  test('[CV7] does not move when nothing changed', () => {
    expect(moveCaret(3, 'same', 'same')).toBe(3);
  });
});
