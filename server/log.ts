import { AsyncLocalStorage } from 'node:async_hooks';
import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** What every line written while a request is answered says about it. */
export interface LogFields {
  readonly request: string;
  readonly board?: string;
}

const current = new AsyncLocalStorage<LogFields>();

/** Runs what answers a request; all that is logged meanwhile carries these fields. */
export const withLogFields = <T>(fields: LogFields, run: () => T): T => current.run(fields, run);

/** Field names whose value is never written, at the top of a line and one level below it. */
const secretFields = ['password', 'token', 'cookie', 'ticket', 'secret', 'authorization'];

/**
 * JSON lines for machines; plain lines for a person at a terminal. Secrets never reach it: no query, no header is logged,
 * and what an error's own words may carry is taken out of the finished line.
 */
export function makeLog(level: string, readableByPeople: boolean, to?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    redact: secretFields.flatMap((name) => [name, `*.${name}`]),
    mixin: () => current.getStore() ?? {},
    hooks: { streamWrite: hideSecrets },
  };
  if (to) return pino(options, to);
  return readableByPeople ? pino(options, plainLines) : pino(options);
}

/** Secrets by their shape, each with what stands in their place. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/\btl_[\w-]{16,}/g, 'tl_...'],
  [/\b(Bearer|Basic) +[\w.~+/=-]{8,}/gi, '$1 ...'],
  [/\b(ticket|token|password|secret|code)=[^\s&"\\;]+/gi, '$1=...'],
  [/((?:__Host-)?session=)[\w.%-]+/g, '$1...'],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/:@"\\]*:[^\s/@"\\]+@/gi, '$1...@'],
];

/** Takes out of a line whatever looks like a credential. */
export const hideSecrets = (line: string): string =>
  shapes.reduce((text, [shape, instead]) => text.replace(shape, instead), line);

const names: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: '',
  40: 'Warning: ',
  50: 'Error: ',
  60: 'Fatal: ',
};

const plainLines: DestinationStream = {
  write(line) {
    const {
      level,
      time: _time,
      msg,
      err,
      ...fields
    } = JSON.parse(line) as {
      level: number;
      time: number;
      msg?: string;
      err?: { stack?: string };
    };
    const more = Object.keys(fields).length > 0 ? `  ${JSON.stringify(fields)}` : '';
    const out = level >= 40 ? process.stderr : process.stdout;
    out.write(`${names[level] ?? ''}${msg ?? ''}${more}${err?.stack ? `\n${err.stack}` : ''}\n`);
  },
};
