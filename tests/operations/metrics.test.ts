import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { writeRecord } from '../../src/board/document.ts';
import { contentHash } from '../../src/protocol/content-hash.ts';
import { encodeEdit, encodeHash, encodeOpenOutbox } from '../../src/protocol/messages.ts';
import { createMetrics } from '../../server/operations/metrics.ts';
import { given } from '../auth/world.ts';
import { objective } from '../support/board-records.ts';
import { RawClient } from '../sync/support/raw-client.ts';
import { serve, type Served } from './served.ts';

const token = 'a token for the figures';

/** The figures by name, labels included. */
async function figures(url: string): Promise<Map<string, number>> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

describe('the figures', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve({ METRICS_TOKEN: token });
  });
  afterAll(() => served.end());

  test('[OP1] are for whoever brings the token, and nobody else', async () => {
    for (const authorization of ['', 'Bearer', `Bearer ${token}x`, `Basic ${token}`]) {
      const answer = await fetch(`${served.url}/metrics`, { headers: { authorization } });
      expect([authorization, answer.status]).toEqual([authorization, 401]);
      expect(await answer.text()).not.toContain('throughline_');
    }
    expect((await fetch(`${served.url}/metrics?token=${encodeURIComponent(token)}`)).status).toBe(401);
    await figures(served.url);
  });

  test('[OP2] count what edits, refusals and sockets there were', async () => {
    const before = await figures(served.url);
    const { application } = served.composition;
    const made = given(
      await application.planning.createBoard(served.ana, { title: 'More', template: 'blank' }),
    );
    expect(made.id).not.toBe(served.boardId);
    const { ticket } = given(await application.auth.createTicket(served.ana, served.boardId));
    const { socket } = await served.knock({}, `&ticket=${ticket}`);
    const after = await figures(served.url);
    const grew = (name: string): number => (after.get(name) ?? NaN) - (before.get(name) ?? 0);
    expect(after.get('throughline_rooms')).toBeGreaterThanOrEqual(1);
    expect(after.get('throughline_sockets')).toBe(1);
    expect(after.get('throughline_people')).toBe(1);
    expect(after.get('throughline_outbox_age_seconds')).toBe(0);
    expect(grew('throughline_commits_total')).toBeGreaterThanOrEqual(1);
    expect(grew('throughline_edits_total')).toBeGreaterThanOrEqual(1);
    expect(grew('throughline_ack_latency_seconds_count')).toBeGreaterThanOrEqual(1);
    expect(after.get('throughline_hash_mismatch_total')).toBe(0);
    expect(after.get('process_resident_memory_bytes')).toBeGreaterThan(1e7);
    expect(after.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
    socket.terminate();
  });

  /** One of our clients on Ana's board, writing under this Yjs id. */
  async function writer(client: number): Promise<{ raw: RawClient; write(x: number): Promise<void> }> {
    const { ticket } = given(
      await served.composition.application.auth.createTicket(served.ana, served.boardId),
    );
    const query = `v=1&client=${client}&ticket=${ticket}`;
    const raw = await RawClient.connect(
      `${served.url.replace('http', 'ws')}/sync`,
      served.boardId,
      {},
      query,
    );
    raw.doc.clientID = client;
    raw.send(encodeOpenOutbox(0, randomBytes(16).toString('hex')));
    let n = 0;
    return {
      raw,
      write: async (x) => {
        const card = objective(`by-${client}-${n}`, {}, { x });
        raw.send(
          encodeEdit(
            0,
            ++n,
            raw.edit((doc) => writeRecord(doc, card)),
          ),
        );
        await raw.until(() => (raw.acks.at(-1)?.n ?? 0) >= n || raw.nacks.length > 0);
      },
    };
  }

  test('[OP2] edits that are really refused move the counter of their reason', async () => {
    const counter = (reason: string) => `throughline_rejected_updates_total{reason="${reason}"}`;
    const before = await figures(served.url);
    const honest = await writer(11);
    await honest.write(1);
    const spoiler = await writer(12);
    await spoiler.write(Number.NaN);
    expect(spoiler.raw.nacks).toMatchObject([{ reason: 'invalid' }]);
    // The id that the server itself wrote the board under.
    const [servers = 0] = [...honest.raw.doc.store.clients.keys()].filter((id) => id !== 11);
    const thief = await writer(servers);
    await thief.write(1);
    expect(thief.raw.nacks).toMatchObject([{ reason: 'foreign-id' }]);
    const after = await figures(served.url);
    const grew = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    expect([grew(counter('invalid')), grew(counter('foreign-id'))]).toEqual([1, 1]);
    expect(grew('throughline_edits_total')).toBe(1);
    await Promise.all([honest, spoiler, thief].map(({ raw }) => raw.end()));
  });

  test('[OP2] a client that really shows other content moves the counter of that', async () => {
    const mismatches = async () => (await figures(served.url)).get('throughline_hash_mismatch_total') ?? 0;
    const before = await mismatches();
    const { raw, write } = await writer(13);
    await write(1);
    const { planning } = served.composition.application;
    const newest = async () =>
      given(await planning.history(served.ana, served.boardId)).stretches.at(-1)?.seq ?? 0;
    // Content is compared only at rest, which the room comes to a moment after the ack.
    await vi.waitFor(async () => {
      raw.send(encodeHash(await newest(), contentHash({ records: { 'shape:by-13-0': 'something else' } })));
      expect(await mismatches()).toBeGreaterThan(before);
    });
    const counted = await mismatches();
    const seq = await newest();
    const whole = given(await planning.moment(served.ana, served.boardId, { seq }));
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Buffer.from(whole.document, 'base64'));
    raw.send(encodeHash(seq, contentHash({ records: doc.getMap('records').toJSON() })));
    await write(2);
    expect(await mismatches()).toBe(counted);
    expect(served.lines.some((line) => line.includes('a client shows other content'))).toBe(true);
    await raw.end();
  });

  test('[OP2] name why edits were refused', async () => {
    const metrics = createMetrics(token, () => ({
      rooms: 0,
      connections: 0,
      people: 0,
      oldestUnsavedMs: 2500,
    }));
    metrics.sync.count('refused', 'foreign-id');
    metrics.sync.count('refused', 'foreign-id');
    metrics.sync.count('refused', 'invalid');
    metrics.sync.count('hashMismatch');
    let text = '';
    await new Promise<void>((resolve) => {
      const response = { writeHead: () => response, end: (body: string) => ((text = body), resolve()) };
      metrics.answer({ headers: { authorization: `Bearer ${token}` } } as never, response as never);
    });
    expect(text).toContain('throughline_rejected_updates_total{reason="foreign-id"} 2');
    expect(text).toContain('throughline_rejected_updates_total{reason="invalid"} 1');
    expect(text).toContain('throughline_hash_mismatch_total 1');
    expect(text).toContain('throughline_outbox_age_seconds 2.5');
    metrics.close();
  });
});

test('[OP1] are not there without METRICS_TOKEN', async () => {
  const served = await serve();
  const answer = await fetch(`${served.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(404);
  await served.end();
});
