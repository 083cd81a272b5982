import { describe, expect, test } from 'vitest';
import { makeThrottle, network } from './throttle.ts';

describe('tries with a password', () => {
  test('[AU6] an account has ten, from wherever they come', async () => {
    const throttle = makeThrottle();
    for (let n = 0; n < 10; n += 1) expect((await throttle.takeTry('ana', `10.1.0.${n}`)).ok).toBe(true);
    const eleventh = await throttle.takeTry('ana', '10.1.0.99');
    expect(eleventh).toMatchObject({
      ok: false,
      refusal: { code: 'too-many-requests', message: expect.stringMatching(/Wait 15 minutes/) },
    });
    expect((await throttle.takeTry('bo', '10.1.0.100')).ok).toBe(true);
  });

  test('[AU6] an address has ten, whomever they are for', async () => {
    const throttle = makeThrottle();
    for (let n = 0; n < 10; n += 1) expect((await throttle.takeTry(`person ${n}`, '10.2.0.1')).ok).toBe(true);
    expect((await throttle.takeTry('person 11', '10.2.0.1')).ok).toBe(false);
  });

  test('[AU6] right passwords cost nothing: a whole office signs in behind one address', async () => {
    const throttle = makeThrottle();
    for (let n = 0; n < 200; n += 1) {
      expect((await throttle.takeTry(`person ${n}`, '10.3.0.1')).ok).toBe(true);
      await throttle.giveBack(`person ${n}`, '10.3.0.1');
    }
  });

  test('[AU6] all addresses of an IPv6 network count as one', () => {
    expect(network('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(network('2001:db8:1:2::1')).toBe('2001:db8:1:2::/64');
    expect(network('2001:0db8:0001:0002:ffff::')).toBe('2001:db8:1:2::/64');
    expect(network('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(network('::1')).toBe('0:0:0:0::/64');
    expect(network('192.0.2.7')).toBe('192.0.2.7');
  });
});
