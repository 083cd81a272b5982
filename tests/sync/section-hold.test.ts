import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeRecord } from '#board/document.ts';
import type { SessionCommand, StageBrief } from '#domain/facilitation/command.ts';
import type { Viewer } from '#server/app.ts';
import { compose, type Composition } from '#server/compose.ts';
import { readConfig } from '#server/config.ts';
import { encodeEdit, encodeOpenOutbox } from '#protocol/messages.ts';
import { password, value } from '../planning/world.ts';
import { area, objective } from '../support/board-records.ts';
import { openTestStore } from '../support/embedded.ts';
import { RawClient } from './support/raw-client.ts';

let composition: Composition;
let server: Server;
let origin: string;
let dispose: () => Promise<void>;
let ana: Viewer;
const client = { address: '127.0.0.1', userAgent: 'test' };

beforeAll(async () => {
  const prepared = await openTestStore();
  await prepared.store.close();
  dispose = prepared.dispose;
  composition = await compose(readConfig({ DATA_DIR: prepared.dataDir }), {
    log: pino({ level: 'silent' }),
  });
  server = createServer();
  server.on('upgrade', (request, socket, head) => composition.handleUpgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const input = { organisation: 'Acme', name: 'Ana', email: 'ana@example.org', password, teams: ['Red'] };
  ana = value(await composition.application.auth.setup(input, client)).viewer;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await composition.close();
  await dispose();
});

async function member(name: string): Promise<{ viewer: Viewer; cookie: string }> {
  const { auth } = composition.application;
  const invite = value(await auth.createInvite(ana, { role: 'member' }));
  return value(
    await auth.acceptInvite(invite.token, { name, email: `${name}@example.org`, password }, client),
  );
}

/** Fay's window on a board of Ana's with the areas East and West. */
async function open(fay: { cookie: string }, place: string) {
  const who = { cookie: `__Host-session=${fay.cookie}`, origin };
  const id = Math.floor(Math.random() * 2 ** 31);
  const raw = await RawClient.connect(`${origin.replace('http', 'ws')}/sync`, place, who, `v=1&client=${id}`);
  raw.doc.clientID = id;
  let outbox = -1;
  let n = 0;
  const fresh = (): void => {
    raw.send(encodeOpenOutbox(++outbox, randomBytes(16).toString('hex')));
    n = 0;
  };
  fresh();
  const write = async (...records: Parameters<typeof writeRecord>[1][]): Promise<string> => {
    const [acks, nacks] = [raw.acks.length, raw.nacks.length];
    const bytes = raw.edit((doc) => records.forEach((it) => writeRecord(doc, it)));
    raw.send(encodeEdit(outbox, ++n, bytes));
    await raw.until(() => raw.acks.length > acks || raw.nacks.length > nacks);
    return raw.nacks.length > nacks ? 'refused' : 'kept';
  };
  return { raw, write };
}

test('[SN57] [SN54] [SN64] the section the room is in leaves one area of the board to change, or nothing, on open sockets', async () => {
  const { planning, facilitation } = composition.application;
  const fay = await member('Fay');
  const place = value(await planning.createBoard(ana, { title: 'Plan', template: 'blank' })).id;
  const made = await open(fay, place);
  expect(await made.write(area('east'), area('west'))).toBe('kept');
  expect(
    value(await planning.areas(ana, place))
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...['shape:east', 'shape:west']]);

  const session = value(
    await facilitation.plan(ana, { kind: 'custom', title: 'Planning', boardId: place }),
  ).session;
  const say = async (by: Viewer, command: SessionCommand): Promise<void> => {
    const { rev } = value(await facilitation.session(by, session.id)).session;
    value(await facilitation.command(by, session.id, { command, expectedRev: rev }));
  };
  const [first = '', second = ''] = session.stages.map(({ id }) => id);
  const brief = (stage: string, more: Partial<StageBrief>): SessionCommand => ({
    ...{ type: 'brief-stage', stage, presenter: null, link: null, note: '' },
    ...more,
  });
  const gone = { id: 'shape:gone', title: '' };
  expect(
    await facilitation.command(ana, session.id, { command: brief(first, { area: gone }), expectedRev: 1 }),
  ).toMatchObject({ refusal: { code: 'invalid', path: 'area' } });
  await say(ana, brief(first, { area: { id: 'shape:east', title: '' }, edits: 'area' }));
  const named = value(await facilitation.session(ana, session.id)).session.stages[0]?.area;
  expect(named?.title).not.toBe('');
  await say(ana, brief(second, { edits: 'none' }));
  await say(ana, { type: 'start' });
  await say(ana, { type: 'arrive' });
  await say(fay.viewer, { type: 'arrive' });
  expect(value(await planning.guard(fay.viewer, place)).section).toEqual({ area: 'shape:east' });

  // A refused edit ends the window's document: each is tried in a window of its own.
  const tried = async (card: string, parentId: `shape:${string}`): Promise<string> => {
    const { raw, write } = await open(fay, place);
    const answer = await write(objective(card, {}, { parentId }));
    await raw.end();
    return answer;
  };
  expect([await tried('a', 'shape:east'), await tried('b', 'shape:west')]).toEqual(['kept', 'refused']);
  await say(ana, { type: 'next' });
  expect(await tried('c', 'shape:east')).toBe('refused');
  // Who leads may always.
  await say(ana, { type: 'add-facilitator', person: fay.viewer.personId });
  expect(await tried('d', 'shape:west')).toBe('kept');
  await say(ana, { type: 'remove-facilitator', person: fay.viewer.personId });
  expect(await tried('e', 'shape:west')).toBe('refused');
  await say(ana, { type: 'end', leaveOpen: true });
  expect(await tried('f', 'shape:west')).toBe('kept');
  await made.raw.end();

  // A session that no manager of the board called leaves it as it is.
  const own = value(
    await facilitation.plan(fay.viewer, { kind: 'custom', title: 'Mine', boardId: place }),
  ).session;
  const mine = async (command: SessionCommand): Promise<void> => {
    const { rev } = value(await facilitation.session(fay.viewer, own.id)).session;
    value(await facilitation.command(fay.viewer, own.id, { command, expectedRev: rev }));
  };
  await mine(brief(own.stages[0]?.id ?? '', { edits: 'none' }));
  await mine({ type: 'start' });
  expect(value(await planning.guard(fay.viewer, place)).section).toBeNull();

  // Nor can who leads it leave the board paused; who leads one that a manager called can, and its minutes say so.
  const end = { type: 'end', leaveOpen: true, pauseBoard: true } as const;
  expect(await facilitation.command(fay.viewer, own.id, { command: end, expectedRev: null })).toMatchObject({
    refusal: { code: 'not-yours' },
  });
  await mine({ type: 'arrive' });
  await mine({ type: 'end', leaveOpen: true });
  const last = value(await facilitation.plan(ana, { kind: 'custom', title: 'Last', boardId: place })).session;
  const then = async (by: Viewer, command: SessionCommand): Promise<void> => {
    const { rev } = value(await facilitation.session(by, last.id)).session;
    value(await facilitation.command(by, last.id, { command, expectedRev: rev }));
  };
  await then(ana, { type: 'start' });
  await then(ana, { type: 'arrive' });
  await then(fay.viewer, { type: 'arrive' });
  await then(ana, { type: 'add-facilitator', person: fay.viewer.personId });
  await then(fay.viewer, end);
  expect(value(await planning.guard(ana, place)).paused).toMatchObject({ by: fay.viewer.personId });
  expect(value(await facilitation.minutes(ana, last.id)).markdown).toContain('The board was left paused.');
}, 60_000);
