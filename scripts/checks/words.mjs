// What no commit may hold: paths of one machine, hosts of one registry, private keys, words of other frameworks, and the
// marks of unfinished work.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { listFiles } from './list-files.mjs';

/** Words of other people, kept as they were, and files made by tools. */
const FOREIGN =
  /^(package-lock\.json|THIRD_PARTY_NOTICES\.md|static\/licenses\/|static\/fonts\/|.*\/migrations\/)|\.plan\.json$|\.tldr$|\.excalidraw(lib)?$|\.csv$|(^|\/)data\/|\.(png|jpe?g|gif|webp|ico|woff2?|sqlite)$/;
/** These spell out what is forbidden. */
const SPELLS_OUT =
  /^(scripts\/checks\/(words|rules-have-tests)\.mjs|tests\/tooling\/(words|rules-have-tests|lint)\.test\.ts)$/;
const CODE = /\.(ts|tsx|js|mjs|cjs|svelte)$/;

const homes = ['home', 'root', 'Users', 'work'].join('|');

/** @type {{ what: string, pattern: RegExp, in?: RegExp }[]} */
const FORBIDDEN = [
  { what: 'a path of one machine', pattern: new RegExp(`(?<![\\w.:*/~$)}\\]-])/(${homes})/[\\w.-]+`) },
  { what: 'a registry host', pattern: /\bregistry\.(npmjs\.org|yarnpkg\.com)\b|^\s*registry\s*=/m },
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  // Trademarks and terms of other frameworks: the product has its own words (docs/rules/README.md).
  {
    what: "another framework's word",
    pattern: /\b(Rocks|L10|IDS|V\/TO|ACT|Camp|ART)\b|(?<!Math\.)\bPI\b|\b[Tt]rains?\b/,
  },
  { what: 'a note to oneself: do it or write an issue', pattern: /\b(TODO|FIXME|XXX|HACK)\b/ },
  {
    what: 'a check switched off',
    pattern: /eslint-disable|@ts-(ignore|expect-error|nocheck)|svelte-ignore|prettier-ignore/,
    in: CODE,
  },
  {
    what: 'a test left out or alone',
    pattern: /\b(test|it|describe)\.(only|skip|todo|fixme)\b(?!If)/,
    in: CODE,
  },
  { what: 'a wait by the clock in a test', pattern: /\bwaitForTimeout\(/, in: CODE },
];

/**
 * Every forbidden thing below `root`, one line each with file, line and what was found.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function findForbiddenWords(root) {
  const here = [root, homedir()].filter((path) => path.length > 4);
  const faults = [];
  for (const file of listFiles(root)) {
    if (FOREIGN.test(file) || SPELLS_OUT.test(file)) continue;
    const lines = readFileSync(join(root, file), 'utf8').split('\n');
    lines.forEach((line, i) => {
      for (const { what, pattern, in: where } of FORBIDDEN) {
        const found = (!where || where.test(file)) && pattern.exec(line);
        if (found) faults.push(`${file}:${i + 1}: "${found[0]}" is ${what}`);
      }
      const path = here.find((prefix) => line.includes(prefix));
      if (path) faults.push(`${file}:${i + 1}: "${path}" is a path of this machine`);
    });
  }
  return [...faults, ...findLockedHosts(root)];
}

/** A host in the lock file ties every clone to one registry; npm leaves it out (omit-lockfile-registry-resolved). */
function findLockedHosts(root) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(lock.packages).flatMap(([path, { resolved }]) =>
    resolved?.startsWith('http')
      ? [`package-lock.json: ${path} names the host ${new URL(resolved).host}`]
      : [],
  );
}
