import type { Refusal } from '#domain/outcome.ts';

/** An error as application/problem+json (RFC 9457) with a stable `code`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** Where in the input the fault is. */
  readonly path?: string;
  /** Every fault, when there are several. */
  readonly faults?: readonly { readonly path: string; readonly message: string }[];
  /** How it stands now, where somebody else was faster. */
  readonly now?: unknown;
}

/** HTTP status of every refusal that is not simply input to put right (422). */
const statusOfCode: Readonly<Record<string, number>> = {
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'not-delegate': 403,
  forbidden: 403,
  example: 403,
  'read-only': 403,
  'cross-site': 403,
  'not-found': 404,
  'unknown-commitment': 404,
  'unknown-dependency': 404,
  'unknown-board': 404,
  'unknown-session': 404,
  'not-here': 409,
  'vote-open': 409,
  'last-facilitator': 409,
  'facilitator-here': 409,
  'outputs-missing': 409,
  'not-in-close-session': 409,
  'not-allowed-method': 405,
  conflict: 409,
  'key-taken': 409,
  'last-administrator': 409,
  'too-late': 409,
  'board-moved': 409,
  'nothing-removed': 409,
  'nothing-to-restore': 409,
  paused: 409,
  'not-kept': 410,
  'history-damaged': 500,
  'board-archived': 409,
  'board-unavailable': 503,
  'snapshot-damaged': 500,
  'already-set-up': 409,
  'still-running': 409,
  'body-too-large': 413,
  'not-json': 415,
  'too-many-requests': 429,
  'broken-json': 400,
  internal: 500,
};

const titles: Readonly<Record<number, string>> = {
  400: 'Not readable',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not possible here',
  409: 'Not in this state',
  410: 'Not kept any more',
  413: 'Too large',
  415: 'Wrong kind of content',
  422: 'Not valid',
  429: 'Too many requests',
  500: 'Something went wrong',
  503: 'Not available now',
};

/**
 * The status a refusal is answered with. Codes that speak of the actor (`not-yours`) are 403, of the state of things
 * (`wrong-state`, `already-...`) 409, everything else is input to put right: 422.
 */
export function statusOf(code: string): number {
  const known = statusOfCode[code];
  if (known !== undefined) return known;
  if (/^(not-yours|only-)/.test(code)) return 403;
  if (/^(already-|changed-|moved-|wrong-state)/.test(code)) return 409;
  return 422;
}

/** Turns a refusal into the body of an error answer. */
export function toProblem(refusal: Refusal): Problem {
  const status = statusOf(refusal.code);
  return {
    type: `urn:throughline:problem:${refusal.code}`,
    title: titles[status] ?? 'Refused',
    status,
    code: refusal.code,
    detail: refusal.message,
    ...(refusal.path === undefined ? {} : { path: refusal.path }),
    ...(refusal.faults === undefined ? {} : { faults: refusal.faults }),
    ...(refusal.now === undefined ? {} : { now: refusal.now }),
  };
}
