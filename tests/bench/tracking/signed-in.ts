import * as decoding from 'lib0/decoding';
import { WebSocket, type RawData } from 'ws';
import { kind } from '../../../src/protocol/kinds.ts';
import type { BoardTruth } from '../../../src/protocol/views/tracking.ts';
import { emailOf, PASSWORD } from './make-organisation.ts';
import { PER_PERSON } from './size.ts';

/** Somebody signed in: with a cookie for pages and windows, and a token for calls. */
export interface Signed {
  page(path: string): Promise<Response>;
  call(path: string, body?: unknown): Promise<Response>;
  /** The number of one of their own commitments that was not silent. */
  commitment(turn: number): number;
  /** Opens a board as a window does; resolves when it has heard the board's truth. */
  open(board: string): Promise<Window>;
}

/** A window on a board, as far as it hears what is promised there. */
export interface Window {
  /** When, by `performance.now`, it heard of this version of a commitment, or a later one. */
  heard(commitment: string, version: number): Promise<number>;
  close(): void;
}

export async function signIn(url: string, person: number): Promise<Signed> {
  const form = new URLSearchParams({ email: emailOf(person), password: PASSWORD });
  const answer = await fetch(`${url}/sign-in?/enter`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { origin: url, accept: 'text/html' },
  });
  const cookie = answer.headers
    .getSetCookie()
    .map((it) => it.split(';')[0])
    .join('; ');
  if (answer.status !== 303 || cookie === '') throw new Error(`signing in answered ${answer.status}`);
  const made = await fetch(`${url}/api/v1/tokens`, {
    method: 'POST',
    body: JSON.stringify({ name: 'bench', scope: 'write', days: 1 }),
    headers: { 'content-type': 'application/json', cookie, origin: url },
  });
  const { token } = (await made.json()) as { token?: string };
  if (token === undefined) throw new Error(`no token: ${made.status}`);
  return {
    page: (path) => fetch(`${url}${path}`, { headers: { cookie, accept: 'text/html' }, redirect: 'error' }),
    call: (path, body) =>
      fetch(`${url}/api/v1${path}`, {
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      }),
    commitment: (turn) => person * PER_PERSON + 1 + (turn % (PER_PERSON - 1)),
    open: (board) => openWindow(`${url.replace('http', 'ws')}/sync/${board}?v=1`, { cookie, origin: url }),
  };
}

async function openWindow(address: string, headers: Record<string, string>): Promise<Window> {
  const socket = new WebSocket(address, { headers });
  const times = new Map<string, { readonly version: number; readonly at: number }>();
  let tell = (): void => {};
  let next = new Promise<void>((resolve) => (tell = resolve));
  const ended = new Promise<never>((_, fail) => {
    socket.once('close', (code, reason) =>
      fail(new Error(`the window closed: ${code} ${reason.toString()}`)),
    );
    socket.once('error', fail);
  });
  ended.catch(() => undefined);
  socket.on('message', (data: RawData) => {
    const at = performance.now();
    const from = decoding.createDecoder(new Uint8Array(data as Buffer));
    if (decoding.readVarUint(from) !== kind.truth) return;
    const { commitments } = JSON.parse(decoding.readVarString(from)) as BoardTruth;
    for (const { id, version } of Object.values(commitments)) {
      if ((times.get(id)?.version ?? -1) < version) times.set(id, { version, at });
    }
    tell();
    next = new Promise<void>((resolve) => (tell = resolve));
  });
  await Promise.race([next, ended]);
  return {
    async heard(commitment, version) {
      for (;;) {
        const known = times.get(commitment);
        if (known !== undefined && known.version >= version) return known.at;
        await Promise.race([next, ended]);
      }
    },
    close: () => socket.terminate(),
  };
}
