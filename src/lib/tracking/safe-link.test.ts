import { expect, test } from 'vitest';
import { safeLink } from './safe-link.ts';

test.each(['https://example.org/a?b=c#d', 'http://intranet/', 'HTTPS://EXAMPLE.ORG/'])(
  '[PG28] %s may be followed',
  (link) => {
    expect(safeLink(link)).toMatch(/^https?:\/\//);
  },
);

test.each([
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  '//example.org',
  'see the wiki',
  '',
])('[PG28] %j is text and nothing more', (link) => {
  expect(safeLink(link)).toBeNull();
});
