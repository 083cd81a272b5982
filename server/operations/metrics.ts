import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { SyncMetrics } from '../sync/hooks.ts';

/** What the gauges show, asked when somebody looks. */
export interface Standing {
  readonly rooms: number;
  readonly connections: number;
  readonly people: number;
  /** Age of the oldest edit that was accepted and is not yet durable; 0 without any. */
  readonly oldestUnsavedMs: number;
}

/** Figures for Prometheus (docs/rules/operations.md), and the door they are fetched through. */
export interface Metrics {
  readonly sync: SyncMetrics;
  /** One request of pages or API was answered. */
  requestAnswered(status: number, ms: number): void;
  /** Answers `GET /metrics` for whoever brings the token. */
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** Stops what measures the process. */
  close(): void;
}

const quick = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Each composition has a registry of its own, so that two in one process do not count for each other. */
export function createMetrics(token: string, standing: () => Standing): Metrics {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `throughline_${name}`, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[], labelNames: string[] = []) =>
    new Histogram({ name: `throughline_${name}`, help, buckets, labelNames, registers });
  const gauge = (name: string, help: string, read: (now: Standing) => number) =>
    new Gauge({
      name: `throughline_${name}`,
      help,
      registers,
      collect() {
        this.set(read(standing()));
      },
    });

  gauge('rooms', 'Boards in memory.', ({ rooms }) => rooms);
  gauge('sockets', 'Open sockets of boards.', ({ connections }) => connections);
  gauge('people', 'People at boards.', ({ people }) => people);
  gauge(
    'outbox_age_seconds',
    'Age of the oldest accepted edit that is not durable yet.',
    ({ oldestUnsavedMs }) => oldestUnsavedMs / 1000,
  );
  const counters = {
    commits: counter('commits_total', 'Batches of edits committed.'),
    hashMismatch: counter('hash_mismatch_total', 'Clients that showed other content than the server.'),
    refused: counter('rejected_updates_total', 'Edits refused, by reason.', ['reason']),
    reloads: counter('document_reloads_total', 'Documents thrown away because the store refused a batch.'),
    rows: counter('edits_total', 'Edits committed.'),
    slowClosed: counter('slow_consumers_closed_total', 'Sockets closed because they could not keep up.'),
  };
  const ack = histogram(
    'ack_latency_seconds',
    'From an edit accepted to its author told it is durable.',
    quick,
  );
  const batch = histogram('batch_edits', 'Edits in one commit.', [1, 2, 5, 10, 20, 50, 100, 250, 1000]);
  const check = histogram(
    'check_seconds',
    'Judging one edit.',
    [20, 50, 100, 150, 250, 500, 1000, 5000, 25000].map((micros) => micros / 1e6),
  );
  const load = histogram('board_load_seconds', 'Reading a board into memory.', quick);
  const http = histogram('http_request_seconds', 'Answering a page or a call.', quick, ['status']);

  return {
    sync: {
      count: (name, label) => {
        if (name === 'refused') counters.refused.inc({ reason: label ?? 'unknown' });
        else counters[name].inc();
      },
      observe: (name, value) => {
        if (name === 'ackMs') ack.observe(value / 1000);
        else if (name === 'checkMicros') check.observe(value / 1e6);
        else if (name === 'loadMs') load.observe(value / 1000);
        else {
          batch.observe(value);
          counters.rows.inc(value);
        }
      },
    },
    requestAnswered: (status, ms) => http.observe({ status: `${Math.floor(status / 100)}xx` }, ms / 1000),
    answer: (request, response) => {
      if (!isToken(token, request.headers.authorization)) {
        response.writeHead(401, {
          'www-authenticate': 'Bearer',
          'content-type': 'text/plain; charset=utf-8',
        });
        return void response.end('Send the METRICS_TOKEN of this server as a bearer token.\n');
      }
      register.metrics().then(
        (text) => {
          response.writeHead(200, { 'content-type': register.contentType, 'cache-control': 'no-store' });
          response.end(text);
        },
        () => response.writeHead(500).end(),
      );
    },
    close: () => register.clear(),
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compared as digests, so that the time tells nothing of where they differ. */
const isToken = (token: string, authorization: string | undefined): boolean =>
  timingSafeEqual(digest(`Bearer ${token}`), digest(authorization ?? ''));
