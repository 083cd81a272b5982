import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The custom properties of the first block that follows `selector`. */
function blockOf(selector: string): ReadonlyMap<string, string> {
  const from = css.indexOf('{', css.indexOf(selector));
  const body = css.slice(from + 1, css.indexOf('}', from));
  const lines = body.matchAll(/(?:^|\s)(--[\w-]+|color-scheme):\s*([^;]+);/g);
  return new Map([...lines].map(([, name = '', value = '']) => [name, value.trim()]));
}

const light = blockOf(':root {');
const themes = {
  light,
  dark: new Map([...light, ...blockOf(":root[data-theme='dark'] {")]),
};

/** Relative luminance of `#rrggbb` (WCAG 2.2, 0-1). */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const sheets = ['paper', 'surface', 'raised'];
const hues = Array.from({ length: 12 }, (_, at) => `team-${at + 1}`);
/** Every text and background that meet somewhere on a page, by token name. */
const pairs: readonly (readonly [text: string, background: string])[] = [
  ...['ink', 'ink-2', 'ink-3', 'accent', 'off'].flatMap((text) =>
    sheets.map((sheet) => [text, sheet] as const),
  ),
  ...['ink', 'ink-2', 'ink-3'].map((text) => [text, 'sunken'] as const),
  ...['ok', 'risk', 'off', 'stale', 'done', 'accent'].map((tone) => [tone, `${tone}-soft`] as const),
  ...['ok-soft', 'risk-soft', 'off-soft', 'done-soft', 'accent-soft'].map((soft) => ['ink', soft] as const),
  ['ink-3', 'risk-soft'],
  ['accent', 'ok-soft'],
  ['accent-ink', 'accent'],
  ...hues.map((hue) => ['surface', hue] as const),
  ...hues.map((hue) => [hue, 'surface'] as const),
];

describe.each(['light', 'dark'] as const)('the %s theme', (name) => {
  const colour = (token: string): string => themes[name].get(`--${token}`) ?? '';

  test.each(pairs)('[PG1] %s on %s can be read', (text, background) => {
    expect(colour(text)).toMatch(/^#[0-9a-f]{6}$/);
    expect(contrast(colour(text), colour(background))).toBeGreaterThanOrEqual(4.5);
  });

  test('[PG1] edges of controls and the focus stand out from every sheet', () => {
    for (const sheet of sheets) {
      expect(contrast(colour('line-strong'), colour(sheet))).toBeGreaterThanOrEqual(3);
      expect(contrast(colour('accent'), colour(sheet))).toBeGreaterThanOrEqual(3);
    }
  });
});

test('[PG2] dark by the system and dark by choice are the same', () => {
  expect(blockOf(':root:not([data-theme]) {')).toEqual(blockOf(":root[data-theme='dark'] {"));
  expect(blockOf(':root:not([data-theme]) {').get('color-scheme')).toBe('dark');
});
