import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chatKinds, type ChatPost } from '../../../src/domain/notify/chat/chat-post.ts';
import { toBody } from '../../../src/domain/notify/chat/to-body.ts';
import { escapeMarkdown } from '../../../src/domain/notify/chat/to-mattermost.ts';

const link = 'https://plan.example.org/dependencies/1?a=1&b=2';
const post = (text: string, count = 1): ChatPost => ({
  organisation: text,
  sections: Array.from({ length: count }, () => ({
    ...{ title: text, lines: [text, text, text], link, action: 'Open' },
  })),
});
const body = (kind: (typeof chatKinds)[number], it: ChatPost) => JSON.stringify(toBody(kind, it, 0));

interface Slack {
  text: string;
  blocks: { type: string; text?: { text: string }; accessory?: { url: string } }[];
}
const slack = (it: ChatPost): Slack => toBody('slack', it, 0) as Slack;
const mattermost = (it: ChatPost): string => (toBody('mattermost', it, 0) as { text: string }).text;
const matrix = (it: ChatPost) => toBody('matrix', it, 0) as { text: string; html: string };

/** What has been used to break out of a text somewhere. */
const hostile = [
  '<!channel> <!here> <!everyone> <@U024BE7LH> <#C024BE7LR|general>',
  '<https://evil.example|Sign in here>',
  '@channel @all @here @room @everyone',
  '[Sign in](https://evil.example)',
  '![x](https://evil.example/track.png)',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '"><svg/onload=alert(1)>',
  "' onmouseover='alert(1)",
  'javascript:alert(1)',
  'data:text/html;base64,PHNjcmlwdD4=',
  '# big\n## heading\n---\n> quote\n```code```',
  '**bold** _it_ ~~gone~~ `code` ||spoiler||',
  '|a|b|\n|-|-|\n|1|2|',
  '&lt;b&gt; &amp; &#60;',
  '\u202Egnp.exe\u202C \u0000\u0007\u2028\u2029',
  '{{DATE(2026-01-01, SHORT)}} ${7*7} {{7*7}}',
  '\\[x\\](y) \\<b\\>',
  'www.evil.example https://evil.example',
  ':+1: $$\\frac{a}{b}$$',
];
const anything = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.string({ unit: fc.constantFrom(...'<>&@[]()*_`~|#\\!"\'/:\n aA1'), maxLength: 400 }),
);

describe('what people wrote', () => {
  test('[NT67] opens and calls nothing in Slack: every < and > is escaped, no entity is cut', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { blocks, text: fallback } = slack(post(text, 3));
        for (const said of [fallback, ...blocks.flatMap((it) => it.text?.text ?? [])]) {
          expect(said).not.toMatch(/[<>]/);
          expect(said.replace(/&(?:amp|lt|gt);/g, '')).not.toContain('&');
        }
        for (const { accessory } of blocks) if (accessory !== undefined) expect(accessory.url).toBe(link);
      }),
    );
  });

  test('[NT67] is no markup in Matrix: the only elements are ours', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { html, text: plain } = matrix(post(text));
        const tags = html.match(/<[^>]*>/g) ?? [];
        const ours = new Set(['<p>', '</p>', '<strong>', '</strong>', '<br>', '<em>', '</em>', '</a>']);
        const links = tags.filter((tag) => !ours.has(tag));
        expect(links).toEqual([`<a href="${link.replace('&', '&amp;')}">`]);
        expect(html.replace(/<[^>]*>/g, '')).not.toMatch(/[<>"']/);
        expect(`${html} ${plain}`).not.toMatch(/@room/);
      }),
    );
  });

  test('[NT67] formats nothing and calls nobody in Mattermost: every sign stands behind a backslash', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const said = escapeMarkdown(text.replaceAll('\n', ' '));
        const bare = said.replace(/\\[\\`*_{}[\]()#+\-.!|~<>&^=:$]/g, '');
        expect(bare).not.toMatch(/[\\`*_{}[\]()#+\-.!|~<>&^=:$]/);
        expect(said).not.toMatch(/@(?!\u200b)/);
        expect(mattermost(post(text)).match(/\]\(https:/g)).toHaveLength(1);
      }),
    );
  });

  test('[NT67] is text without format in Teams: nothing that reads Markdown holds it', () => {
    for (const text of hostile) {
      const said = body('teams', post(text));
      expect(said).not.toContain('"TextBlock"');
      expect(said.match(/"url":"([^"]*)"/g)).toEqual([`"url":"${link}"`]);
    }
  });

  test.each(chatKinds)('[NT67] fits into %s, however long and many', (kind) => {
    for (const text of [
      'x'.repeat(50_000),
      '&<>"\''.repeat(10_000),
      '👩‍👩‍👧'.repeat(5_000),
      '*_@'.repeat(10_000),
    ]) {
      const said = body(kind, post(text, 30));
      // Slack shows 13,000 signs, Mattermost 16,383, Teams takes 28 kB.
      expect(Buffer.byteLength(said)).toBeLessThan(kind === 'slack' || kind === 'matrix' ? 200_000 : 120_000);
      expect(said.isWellFormed()).toBe(true);
    }
    const { blocks } = slack(post('&'.repeat(5_000), 30));
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks) expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3_000);
    expect(blocks.reduce((sum, it) => sum + (it.text?.text.length ?? 0), 0)).toBeLessThanOrEqual(13_000);
    expect(mattermost(post('*'.repeat(5_000), 30)).length).toBeLessThanOrEqual(16_383);
    expect(Buffer.byteLength(body('teams', post('ü'.repeat(5_000), 30)))).toBeLessThanOrEqual(28_000);
  });

  test('[NT67] what is hidden, turned round or broken over lines is one line', () => {
    const [section] = slack(post('a\u202Eb\u200Bc\nd\u2028e\u0000f')).blocks;
    expect(section?.text?.text.split('\n')[0]).toBe('*abc d e f*');
  });
});
