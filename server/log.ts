import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/** JSON lines for machines; plain lines for a person at a terminal. Secrets never reach it: no query, no header is logged. */
export function makeLog(level: string, readableByPeople: boolean): Log {
  const options = { level, base: null, redact: ['password', 'token', 'cookie', 'ticket', 'secret'] };
  return readableByPeople ? pino(options, plainLines) : pino(options);
}

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
