import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { allowed, refused, type Outcome, type Refusal } from '#domain/outcome.ts';
import type { Application, Client } from '../app.ts';
import { authenticate, type Caller } from './authenticate.ts';
import { createIdempotency, type Answer, type Answers } from './idempotency.ts';
import { createMatcher } from './match.ts';
import { describeApi } from './openapi.ts';
import { parseInput, parseJson } from './parse-input.ts';
import { toProblem } from './problem.ts';
import { createRateLimit, type Rate } from './rate-limit.ts';
import { readBody } from './read-body.ts';
import type { Call, Route } from './route.ts';
import { sendFile, sendJson, sendRefusal, startProgress, type Progress } from './send.ts';
import { apiRoutes } from './table.ts';

export interface ApiSettings {
  readonly answers: Answers;
  readonly version: string;
  /** True when the Origin header names this very server. */
  isOwnOrigin(request: IncomingMessage): boolean;
  /** Address of the other end, proxies considered. */
  addressOf(request: IncomingMessage): string;
  /** Told of every exception, with the id that the caller was given. */
  failed(error: unknown, about: { id: string; method: string; path: string }): void;
}

const prefix = '/api/v1';

/**
 * The API of architecture.md A5 as a request listener: answers true for what it took (everything below /api/v1), false
 * for what is not its business. Mounted before the pages, in production and in development.
 */
export function createApi(
  app: Application,
  settings: ApiSettings,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const match = createMatcher(apiRoutes);
  const idempotency = createIdempotency(settings.answers, (ms) => pause(ms));
  const rateLimit = createRateLimit();
  let description: unknown = null;

  async function serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const path = url.pathname.slice(prefix.length);
    if (path === '/openapi.json' && request.method === 'GET') {
      description ??= describeApi(apiRoutes, settings.version);
      return sendJson(response, 200, description);
    }
    const found = match(request.method ?? 'GET', path);
    if (found.kind === 'unknown') {
      return sendRefusal(
        response,
        refused('not-found', 'There is nothing here. The calls are listed at /api/v1/openapi.json.').refusal,
      );
    }
    if (found.kind === 'other-method') {
      response.setHeader('allow', found.allowed.join(', '));
      const methods = found.allowed.join(' or ');
      return sendRefusal(response, refused('not-allowed-method', `Use ${methods} here.`).refusal);
    }
    const { route, ids } = found;
    const client: Client = {
      address: settings.addressOf(request),
      userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    };
    const caller = await authenticate(request, app.auth, settings.isOwnOrigin);
    const rate = await rateLimit.spend(
      rateOf(route, caller.ok ? caller.value : null),
      caller.ok && caller.value.viewer ? caller.value.viewer.memberId : client.address,
    );
    if (!rate.ok) {
      response.setHeader('retry-after', String(rate.waitSeconds));
      return sendRefusal(response, rate.refusal);
    }
    if (!caller.ok) return sendRefusal(response, caller.refusal);
    const right = mayCall(route, caller.value);
    if (right !== null) return sendRefusal(response, right);

    const read = await readBody(request, route.body === null ? 0 : route.bodyLimit);
    if (!read.ok) {
      response.setHeader('connection', 'close');
      return sendRefusal(response, read.refusal);
    }
    const query = parseInput(route.query, Object.fromEntries(url.searchParams), 'query');
    if (!query.ok) return sendRefusal(response, query.refusal);
    const body = readInput(route, request, read.value);
    if (!body.ok) return sendRefusal(response, body.refusal);

    const progress = wantsProgress(route, url) ? startProgress(response) : null;
    const work = async (): Promise<Answer> => {
      const outcome = await route.handle({
        app,
        // Only routes that need nobody are called without a viewer, and none of them looks at it.
        viewer: caller.value.viewer as Call<unknown, unknown>['viewer'],
        client,
        request,
        id: ids[0] ?? '',
        secondId: ids[1] ?? '',
        query: query.value,
        body: body.value,
        progress: progress ? (done, of) => progress.report(done, of) : () => undefined,
      });
      if (outcome.ok) return { status: route.status, body: outcome.value };
      const problem = toProblem(outcome.refusal);
      return { status: problem.status, body: problem };
    };
    const key = request.headers['idempotency-key'];
    if (route.method !== 'POST' || typeof key !== 'string')
      return send(response, route, await work(), progress);
    const answer = await idempotency.once(
      {
        credential: caller.value.credential,
        scope: `${caller.value.viewer?.memberId ?? 'nobody'} POST ${url.pathname}${url.search}`,
        key,
        body: read.value,
      },
      work,
    );
    if (!answer.ok) return send(response, route, problemAnswer(answer.refusal), progress);
    if (answer.value.repeated && progress === null) response.setHeader('idempotency-replayed', 'true');
    return send(response, route, answer.value, progress);
  }

  return (request, response) => {
    const url = URL.parse(request.url ?? '/', 'http://throughline.invalid');
    if (url === null || (url.pathname !== prefix && !url.pathname.startsWith(`${prefix}/`))) return false;
    serve(request, response, url).catch((error: unknown) => {
      const id = randomUUID();
      settings.failed(error, { id, method: request.method ?? '', path: url.pathname });
      if (response.headersSent) response.end();
      else {
        const words = `Something went wrong on this server. Its log has more under ${id}.`;
        sendRefusal(response, refused('internal', words).refusal);
      }
    });
    return true;
  };
}

const problemAnswer = (refusal: Refusal): Answer => {
  const problem = toProblem(refusal);
  return { status: problem.status, body: problem };
};

function rateOf(route: Route, caller: Caller | null): Rate {
  if (caller === null || caller.viewer === null) return 'stranger';
  if (route.file) return 'importing';
  return route.method === 'GET' ? 'reading' : 'writing';
}

/** The coarse right to a route; what a person may do with one thing is decided by the part that holds it. */
function mayCall(route: Route, { viewer }: Caller): Refusal | null {
  if (route.needs === 'nobody') return null;
  if (viewer === null) {
    return refused('not-signed-in', 'Send a token: Authorization: Bearer tl_... (Settings, API tokens).')
      .refusal;
  }
  if (route.needs === 'read') return null;
  if (viewer.scope === 'read') {
    return refused('read-only', 'This token may only read. Make one with the scope "write".').refusal;
  }
  if (viewer.role === 'observer') {
    return refused('read-only', 'Observers look on. Ask an administrator to make you a member.').refusal;
  }
  if (route.needs === 'administrator' && viewer.role !== 'administrator') {
    return refused('forbidden', 'Only administrators may do this.').refusal;
  }
  return null;
}

function readInput(route: Route, request: IncomingMessage, bytes: Buffer): Outcome<unknown> {
  if (route.body === null) return allowed({});
  if (route.file) return parseInput(route.body, bytes.toString('utf8'), 'body');
  const type = request.headers['content-type'] ?? '';
  if (bytes.length > 0 && !/^application\/([\w.+-]+\+)?json\b/i.test(type)) {
    return refused('not-json', 'Send the body as Content-Type: application/json.');
  }
  const json = parseJson(bytes.toString('utf8'));
  return json.ok ? parseInput(route.body, json.value, 'body') : json;
}

const wantsProgress = (route: Route, url: URL): boolean =>
  route.file && url.searchParams.get('progress') === '1';

function send(response: ServerResponse, route: Route, answer: Answer, progress: Progress | null): void {
  if (progress) return progress.end(answer);
  if (route.download && answer.status < 400) return sendFile(response, answer.body);
  sendJson(response, answer.status, answer.body);
}
