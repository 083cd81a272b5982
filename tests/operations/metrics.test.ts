import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMetrics } from '../../server/operations/metrics.ts';
import { given } from '../auth/world.ts';
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
