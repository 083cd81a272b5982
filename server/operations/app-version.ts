import { readFileSync } from 'node:fs';

/** The version of this app, as its package says. */
export const appVersion = (): string =>
  (
    JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    }
  ).version;
