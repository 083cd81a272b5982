import { hash } from '@node-rs/argon2';
import { describe, expect, test } from 'vitest';
import { checkPassword, fitsPassword, hashPassword, isOutdated } from './passwords.ts';

const judged = (password: string): string => {
  const answer = checkPassword(password, ['ana@example.org', 'Ana Lima', 'Acme Rockets']);
  return answer.ok ? 'good' : answer.refusal.message;
};

describe('a password', () => {
  test('[AU3] needs 8 characters and may have 256, of any script', () => {
    expect(judged('zu kurz')).toMatch(/has 7 characters; use at least 8/);
    expect(judged('ßämtlich')).toBe('good');
    expect(judged('💐🦜🌋🧭🪕🛶🧲🪐')).toBe('good');
    expect(judged('wort '.repeat(51))).toBe('good');
    expect(judged('wort '.repeat(52))).toMatch(/has 260 characters; use at most 256/);
  });

  test.each([
    'password',
    'Password1',
    'P4ssw0rd!',
    'passw0rd123',
    '12345678',
    '87654321',
    'abcdefgh',
    'qwertyuiop',
    'asdfghjkl',
    'qwertz123456',
    '1q2w3e4r5t',
    '11111111',
    'abababab',
    '12341234',
    'iloveyou',
    'welcome2026',
    'Sunshine99',
    'letmein!!',
    'summer2026',
    'throughline1',
    'administrator',
    '$uperman1',
  ])('[AU3] is refused when attackers try it first: %s', (password) => {
    expect(judged(password)).toMatch(/tried first by attackers/);
  });

  test.each([
    'correct horse battery',
    'blue kettle 42',
    'Wrz5-kfn2',
    'monday we ride',
    'sunshine on a monday',
  ])('[AU3] is good although it looks plain: %s', (password) => {
    expect(judged(password)).toBe('good');
  });

  test('[AU3] is not the own name, address or organisation', () => {
    expect(judged('ANA@example.org')).toMatch(/your own name/);
    expect(judged('acme rockets')).toMatch(/your own name/);
  });

  test('[AU4] is kept as argon2id with 19 MiB, two passes and one lane', async () => {
    const stored = await hashPassword('four words make sense');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(isOutdated(stored)).toBe(false);
    expect(
      isOutdated(await hash('four words make sense', { memoryCost: 8192, timeCost: 1, parallelism: 1 })),
    ).toBe(true);
    expect(await fitsPassword(stored, 'four words make sense')).toBe(true);
    expect(await fitsPassword(stored, 'four words make sens')).toBe(false);
  });

  test('[AU4] fits however its accents are composed', async () => {
    const stored = await hashPassword('cafe\u0301 au lait');
    expect(await fitsPassword(stored, 'caf\u00e9 au lait')).toBe(true);
  });

  test('[AU5] never fits where there is none, nor a hash that is malformed', async () => {
    expect(await fitsPassword(null, 'nobody has this password')).toBe(false);
    expect(await fitsPassword('not a hash', 'four words make sense')).toBe(false);
  });
});
