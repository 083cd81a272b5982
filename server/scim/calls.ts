import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { Result, Viewer } from '../app.ts';
import type { ScimDeps } from './deps.ts';
import { mostAtOnce, resourceTypes, schemas, serviceProviderConfig } from './discovery.ts';
import { readFilter, type Term } from './filter.ts';
import * as groups from './groups.ts';
import { readPatch } from './patch.ts';
import { pick, toGroup, toList, toUser, type Resource } from './resources.ts';
import { changeUser, readUser } from './user-fields.ts';
import { findUser, findUsers, userAttributes } from './user-rows.ts';
import { changeUserTo, createUser, deleteUser, noSuchUser } from './users.ts';

/** One call of a directory, after the token was found good. */
export interface ScimCall {
  readonly method: string;
  /** The path below /scim/v2, in parts: `Users`, or `Users` and an id. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** The body as JSON; null where there is none. */
  readonly body: unknown;
  readonly actor: Viewer;
  /** `https://plan.example.org/scim/v2`. */
  readonly base: string;
}

/** What is answered: a status, and a resource unless there is nothing to say. */
export interface ScimAnswer {
  readonly status: 200 | 201 | 204;
  readonly body: Resource | null;
}

const nothingHere = () =>
  refused(
    'not-found',
    'There is nothing here. See /scim/v2/ServiceProviderConfig and /scim/v2/ResourceTypes.',
  );
const otherMethod = (allowedHere: string) => refused('not-allowed-method', `Use ${allowedHere} here.`);
const ok = (body: Resource): Outcome<ScimAnswer> => allowed({ status: 200, body });
const gone: ScimAnswer = { status: 204, body: null };

/** Does what a directory asks for (RFC 7644), always within the organisation of its token. */
export async function answerScim(parts: ScimDeps, call: ScimCall): Result<ScimAnswer> {
  const [kind = '', id, ...more] = call.path;
  if (more.length > 0) return nothingHere();
  if (kind === 'Users') return id === undefined ? users(parts, call) : user(parts, call, id);
  if (kind === 'Groups') return id === undefined ? listOrMakeGroup(parts, call) : group(parts, call, id);
  const told = discovery(kind, id, call.base);
  if (told === null) return nothingHere();
  return call.method === 'GET' ? ok(told) : otherMethod('GET');
}

function discovery(kind: string, id: string | undefined, base: string): Resource | null {
  if (kind === 'ServiceProviderConfig') return id === undefined ? serviceProviderConfig(base) : null;
  const all = kind === 'ResourceTypes' ? resourceTypes(base) : kind === 'Schemas' ? schemas(base) : null;
  if (all === null) return null;
  if (id === undefined) return toList(all, all.length, 1);
  return all.find((it) => it.id.toLowerCase() === id.toLowerCase()) ?? null;
}

/** No list is as long. */
const farthest = 1_000_000_000;

/** Where a page of a list begins, and how long it is. */
function pageOf(query: URLSearchParams): Outcome<{ startIndex: number; count: number }> {
  const number = (name: string, otherwise: number): number => {
    const text = query.get(name);
    return text === null || text === '' ? otherwise : Number(text);
  };
  const [startIndex, count] = [number('startIndex', 1), number('count', 100)];
  if (!Number.isInteger(startIndex) || !Number.isInteger(count)) {
    return refused('invalid-input', 'startIndex and count are whole numbers.');
  }
  // Less than nothing counts as the least there is (RFC 7644 3.4.2.4).
  return allowed({
    startIndex: Math.min(farthest, Math.max(1, startIndex)),
    count: Math.min(mostAtOnce, Math.max(0, count)),
  });
}

const termsOf = (query: URLSearchParams, attributes: readonly string[]): Outcome<readonly Term[]> => {
  const filter = query.get('filter');
  return filter === null ? allowed([]) : readFilter(filter, attributes);
};

async function users(parts: ScimDeps, { method, query, body, actor, base }: ScimCall): Result<ScimAnswer> {
  if (method === 'POST') {
    const asked = readUser(body, null);
    if (!asked.ok) return asked;
    const made = await createUser(parts, actor, asked.value);
    return made.ok ? allowed({ status: 201, body: pick(toUser(made.value, base), query) }) : made;
  }
  if (method !== 'GET') return otherMethod('GET or POST');
  const page = pageOf(query);
  if (!page.ok) return page;
  const terms = termsOf(query, userAttributes);
  if (!terms.ok) return terms;
  const found = await findUsers(parts.store.db, actor.organisationId, terms.value, page.value);
  const resources = found.rows.map((row) => pick(toUser(row, base), query));
  return ok(toList(resources, found.total, page.value.startIndex));
}

async function user(parts: ScimDeps, call: ScimCall, id: string): Result<ScimAnswer> {
  const { method, query, body, actor, base } = call;
  if (method === 'GET') {
    const row = await findUser(parts.store.db, actor.organisationId, id);
    return row === null ? noSuchUser() : ok(pick(toUser(row, base), query));
  }
  if (method === 'DELETE') {
    const deleted = await deleteUser(parts, actor, id);
    return deleted.ok ? allowed(gone) : deleted;
  }
  if (method !== 'PUT' && method !== 'PATCH') return otherMethod('GET, PUT, PATCH or DELETE');
  const patch = method === 'PATCH' ? readPatch(body) : null;
  if (patch?.ok === false) return patch;
  const changed = await changeUserTo(parts, actor, id, (before) =>
    patch === null ? readUser(body, before) : changeUser(before, patch.value),
  );
  return changed.ok ? ok(pick(toUser(changed.value, base), query)) : changed;
}

async function listOrMakeGroup(
  parts: ScimDeps,
  { method, query, body, actor, base }: ScimCall,
): Result<ScimAnswer> {
  if (method === 'POST') {
    const asked = groups.readGroup(body);
    if (!asked.ok) return asked;
    const made = await groups.createGroup(parts, actor, asked.value);
    return made.ok ? allowed({ status: 201, body: pick(toGroup(made.value, base), query) }) : made;
  }
  if (method !== 'GET') return otherMethod('GET or POST');
  const page = pageOf(query);
  if (!page.ok) return page;
  const terms = termsOf(query, groups.groupAttributes);
  if (!terms.ok) return terms;
  const all = await groups.listGroups(parts, actor.organisationId, terms.value);
  const { startIndex, count } = page.value;
  const shown = all.slice(startIndex - 1, startIndex - 1 + count);
  return ok(
    toList(
      shown.map((it) => pick(toGroup(it, base), query)),
      all.length,
      startIndex,
    ),
  );
}

async function group(parts: ScimDeps, call: ScimCall, id: string): Result<ScimAnswer> {
  const { method, query, body, actor, base } = call;
  if (method === 'GET') {
    const found = await groups.findGroup(parts, actor.organisationId, id);
    return found.ok ? ok(pick(toGroup(found.value, base), query)) : found;
  }
  if (method === 'DELETE') {
    const deleted = await groups.deleteGroup(parts, actor, id);
    return deleted.ok ? allowed(gone) : deleted;
  }
  if (method !== 'PUT' && method !== 'PATCH') return otherMethod('GET, PUT, PATCH or DELETE');
  const patch = method === 'PATCH' ? readPatch(body) : null;
  if (patch?.ok === false) return patch;
  const changed = await groups.changeGroupTo(parts, actor, id, (before) =>
    patch === null ? groups.readGroup(body) : groups.changeGroup(before, patch.value),
  );
  return changed.ok ? ok(pick(toGroup(changed.value, base), query)) : changed;
}
