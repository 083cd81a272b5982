import { expect, test } from 'vitest';
import { placeOf, whyNot } from '../../../server/auth/passkeys/place.ts';

test.each([
  ['https://plan.example.org', 'https://plan.example.org', 'plan.example.org'],
  ['https://plan.example.org:8443', 'https://plan.example.org:8443', 'plan.example.org'],
  ['http://localhost:3000', 'http://localhost:3000', 'localhost'],
])('[PK3] %s is a place for passkeys', (url, origin, host) => {
  expect(placeOf(new URL(url))).toEqual({ origin, host });
});

test.each([
  ['http://127.0.0.1:3000', /Open http:\/\/localhost:3000 instead/],
  ['http://[::1]', /Open http:\/\/localhost instead/],
  ['http://192.168.1.20:3000', /at names only, not at 192\.168\.1\.20/],
  ['https://192.168.1.20', /at names only/],
  ['http://plan.example.org', /over https only.*set ORIGIN/],
])('[PK3] %s is none, and says what to do', (url, words) => {
  expect(placeOf(new URL(url))).toBeNull();
  expect(whyNot(new URL(url))).toMatch(words);
});
