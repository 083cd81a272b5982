import { expect, test } from 'vitest';
import { plain } from './to-markdown.ts';
import { escapeXml } from './to-svg.ts';

const hostile = [
  '<script>alert(1)</script>',
  '[click](javascript:alert(1))',
  '![x](http://tracker.example/p.png)',
  '# Heading\n- item',
  '</text><image href="http://x"/>',
  '`code` **bold** _it_ ~~no~~ | a',
  '&lt;b&gt;',
];

test.each(hostile)('[PL52] %j is plain text in Markdown', (text) => {
  const shown = plain(text);
  expect(shown).not.toMatch(/[<>\n]/);
  expect(shown).not.toMatch(/(^|[^\\])[[\]`*_#|~!]/);
});

test('[PL52] texts cannot leave their place in an SVG, nor break it', () => {
  expect(escapeXml('</text><script>"&\u0000\u0008')).toBe('&lt;/text&gt;&lt;script&gt;&quot;&amp;');
});
