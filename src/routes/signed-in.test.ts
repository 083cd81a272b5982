import { describe, expect, test } from 'vitest';
import { localeOf } from './locale.server.ts';
import { localPath, statusOf } from './signed-in.server.ts';

describe('returning after sign-in', () => {
  test.each(['/home', '/commitments?team=1', '/board/4f'])('[PG13] %s is a page of this site', (path) => {
    expect(localPath(path, '/home')).toBe(path);
  });

  test.each([
    null,
    '',
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/a b',
    'home',
  ])('[PG13] %s leads nowhere but home', (path) => {
    expect(localPath(path, '/home')).toBe('/home');
  });
});

test('[PG14] what is not there is 404, what is not allowed 403, the rest 400', () => {
  expect(statusOf({ code: 'not-found', message: '' })).toBe(404);
  expect(statusOf({ code: 'unknown-commitment', message: '' })).toBe(404);
  expect(statusOf({ code: 'forbidden', message: '' })).toBe(403);
  expect(statusOf({ code: 'reason-missing', message: '' })).toBe(400);
});

test('[PG5] dates follow the first language the browser asks for and we can write', () => {
  expect(localeOf('de-AT,de;q=0.9,en;q=0.8')).toBe('de-AT');
  expect(localeOf('!!,*, fr-CA')).toBe('fr-CA');
  expect(localeOf(null)).toBe('en-GB');
});
