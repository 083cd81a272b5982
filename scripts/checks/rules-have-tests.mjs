// Every behaviour rule of docs/rules has a test titled with its id, and every id in a title is a rule.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { listFiles } from './list-files.mjs';

const DEFINED = /\*\*\[([^\]]+)\]\*\*/g;
const ID = /^[A-Z]{1,5}\d+(?:\.\d+)?[a-z]?$/;

/**
 * What is wrong between the rules and the tests below `root`, one line each with file and place; empty when all is well.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function findRuleFaults(root) {
  const files = listFiles(root);
  const faults = [];
  const rules = new Map();
  for (const file of files.filter(
    (path) => /^docs\/rules\/.+\.md$/.test(path) && !path.endsWith('/README.md'),
  )) {
    for (const { id, place } of findRules(file, readFileSync(join(root, file), 'utf8'))) {
      if (!ID.test(id)) faults.push(`${place}: "${id}" is not a rule id (capitals, then a number: CM3)`);
      else if (rules.has(id)) faults.push(`${place}: ${id} is already a rule at ${rules.get(id)}`);
      else rules.set(id, place);
    }
  }
  const cited = new Map();
  for (const file of files.filter((path) => /(\.(test|e2e)|-contract)\.ts$/.test(path))) {
    for (const { id, place } of findCitations(file, readFileSync(join(root, file), 'utf8'))) {
      cited.set(id, [...(cited.get(id) ?? []), place]);
    }
  }
  for (const [id, [place, ...more]] of cited) {
    const others = more.length > 0 ? ` (and ${more.length} more)` : '';
    if (!rules.has(id))
      faults.push(`${place}${others}: the title cites ${id}, which is no rule in docs/rules`);
  }
  for (const [id, place] of rules) {
    if (!cited.has(id)) faults.push(`${place}: no test has [${id}] in its title`);
  }
  return faults;
}

function findRules(file, text) {
  return text
    .split('\n')
    .flatMap((line, i) => [...line.matchAll(DEFINED)].map(([, id]) => ({ id, place: `${file}:${i + 1}` })));
}

/**
 * The ids in the titles of a file's tests and groups: `[CM3]`, `[CM3][CM4]` or `[CM3, CM4]`. Reads the syntax tree, so an
 * id in a comment does not count, and neither does a test that is skipped or only planned.
 */
function findCitations(file, text) {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && isTest(node.expression)) {
      const title = node.arguments[0];
      const words = title && readText(title);
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
      for (const [, inside] of (words ?? '').matchAll(/\[([^\]]*)\]/g)) {
        for (const id of inside.split(/[\s,]+/).filter((part) => ID.test(part)))
          found.push({ id, place: `${file}:${line + 1}` });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** `test`, `it`, `describe`, `test.describe`, `test.each(...)`, `test.prop(...)`, but not `test.skip` or `test.todo`. */
function isTest(callee) {
  if (ts.isIdentifier(callee)) return ['test', 'it', 'describe'].includes(callee.text);
  if (ts.isPropertyAccessExpression(callee))
    return !/^(skip|todo|fixme)$/.test(callee.name.text) && isTest(callee.expression);
  return (
    (ts.isCallExpression(callee) || ts.isTaggedTemplateExpression(callee)) &&
    isTest(callee.expression ?? callee.tag)
  );
}

function readText(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return [node.head, ...node.templateSpans.map((span) => span.literal)].map((part) => part.text).join('*');
  if (ts.isBinaryExpression(node)) return `${readText(node.left) ?? ''}${readText(node.right) ?? ''}`;
  return null;
}
