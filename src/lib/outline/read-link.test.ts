import { expect, test } from 'vitest';
import { linkFault, readLink } from './read-link.ts';

test('[CV14] a link without a scheme becomes https', () => {
  expect(readLink(' example.org/page ')).toBe('https://example.org/page');
  expect(readLink('http://example.org')).toBe('http://example.org');
  expect(readLink('  ')).toBeNull();
});

test('[CV14] anything but a web or mail address is refused', () => {
  for (const bad of [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'https://',
    'vbscript:x',
  ]) {
    expect(linkFault(bad), bad).toBeDefined();
  }
  for (const good of ['', 'example.org', 'https://example.org/a?b#c', 'mailto:ana@example.org']) {
    expect(linkFault(good), good).toBeUndefined();
  }
});
