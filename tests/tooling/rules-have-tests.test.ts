import { expect, test } from 'vitest';
import { findRuleFaults } from '../../scripts/checks/rules-have-tests.mjs';
import { plantTree } from '../support/planted-tree.ts';

// Put together here, so that this file itself cites none of them.
const cite = (id: string) => `[${id}]`;
const rule = (id: string) => `- **${cite(id)}** It holds.\n`;

test('[TL4] rules and titles that speak of each other are in order', async () => {
  const tree = await plantTree({
    'docs/rules/one.md': rule('QQ1') + rule('QQ2') + rule('QQ3') + rule('QQ4'),
    'src/a.test.ts': `test('${cite('QQ1')}${cite('QQ2')} holds', () => {}); describe('${cite('QQ3')}', () => {});`,
    'tests/e2e/b.e2e.ts': `test.each([1])(\`${cite('QQ4')} holds for \${x}\`, async () => {});`,
  });
  expect(findRuleFaults(tree)).toEqual([]);
});

test('[TL4] a rule without a test, and a title without a rule, are named with their place', async () => {
  const tree = await plantTree({
    'docs/rules/one.md': `# One\n\n${rule('QQ1')}`,
    'src/a.test.ts': `\ntest('${cite('QQ9')} holds', () => {});`,
  });
  expect(findRuleFaults(tree)).toEqual([
    'src/a.test.ts:2: the title cites QQ9, which is no rule in docs/rules',
    'docs/rules/one.md:3: no test has [QQ1] in its title',
  ]);
});

test.each([
  ['a comment', `// ${cite('QQ1')}\ntest('holds', () => {});`],
  ['a skipped test', `test.skip('${cite('QQ1')} holds', () => {});`],
  ['a planned test', `test.todo('${cite('QQ1')} holds');`],
  ['a skipped group', `describe.skip('${cite('QQ1')}', () => {});`],
  ['another call', `note('${cite('QQ1')} holds');`],
])('[TL4] an id in %s is no test', async (_, source) => {
  const tree = await plantTree({ 'docs/rules/one.md': rule('QQ1'), 'src/a.test.ts': source });
  expect(findRuleFaults(tree)).toHaveLength(1);
});

test('[TL4] an id given twice, and one that is no id, are refused', async () => {
  const tree = await plantTree({
    'docs/rules/one.md': rule('QQ1') + rule('QQ1') + rule('someday'),
    'src/a.test.ts': `test('${cite('QQ1')}', () => {});`,
  });
  expect(findRuleFaults(tree)).toEqual([
    'docs/rules/one.md:2: QQ1 is already a rule at docs/rules/one.md:1',
    expect.stringContaining('"someday" is not a rule id'),
  ]);
});
