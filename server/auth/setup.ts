import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { allowed, refused } from '#domain/outcome.ts';
import type { Auth, Client, Viewer } from '../app.ts';
import { defaultQuarters } from '../organisations/default-periods.ts';
import { keyOf } from '../organisations/keys.ts';
import { localDateOf } from '#domain/rhythm/local-time.ts';
import * as schema from '../store/schema.ts';
import type { Queries, Transaction } from '../store/store.ts';
import type { AccessDependencies } from '../organisations/dependencies.ts';
import {
  email,
  fiscalStartMonth,
  line,
  parse,
  password,
  timezone,
  weekStart,
} from '../organisations/input.ts';
import { checkPassword, hashPassword } from './passwords.ts';
import { addAccount, addMember, addPerson, hueAfter } from '../organisations/people-in.ts';
import type { SignIns } from './sign-ins.ts';

const setupInput = z.object({
  organisation: line('the name of your organisation', 120),
  name: line('your name', 120),
  email,
  password,
  timezone: timezone.default('UTC'),
  weekStart: weekStart.default(1),
  fiscalStartMonth: fiscalStartMonth.default(1),
  teams: z.array(line('the team’s name', 80)).max(500, 'Use at most 500 teams.').default([]),
});

/** Key of the advisory lock that lets one set-up through at a time; any constant of our own. */
const LOCK = 7_240_616;

/** True until an organisation of its own exists; the example does not count. */
export async function needsSetup(queries: Queries): Promise<boolean> {
  const own = await queries
    .select({ id: schema.organisation.id })
    .from(schema.organisation)
    .where(eq(schema.organisation.kind, 'own'))
    .limit(1);
  return own.length === 0;
}

/** Makes the first organisation with its first administrator, teams and periods: all of it or nothing. */
export async function setUp(
  parts: AccessDependencies,
  signIns: SignIns,
  viewerOf: (cookie: string) => Promise<Viewer | null>,
  rawInput: Parameters<Auth['setup']>[0],
  client: Client,
): ReturnType<Auth['setup']> {
  const parsed = parse(setupInput, rawInput);
  if (!parsed.ok) return parsed;
  const input = parsed.value;
  const strong = checkPassword(input.password, [input.email, input.name, input.organisation]);
  if (!strong.ok) return strong;
  if (!(await needsSetup(parts.store.db))) return alreadySetUp();
  const passwordHash = await hashPassword(input.password);
  const cookie = await parts.store.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    if (!(await needsSetup(tx))) return null;
    return write(tx, parts, signIns, { ...input, passwordHash }, client);
  });
  if (cookie === null) return alreadySetUp();
  const viewer = await viewerOf(cookie);
  if (viewer === null) throw new Error('The organisation just made has no administrator.');
  return allowed({ cookie, viewer });
}

const alreadySetUp = () =>
  refused(
    'already-set-up',
    'This server already has its organisation. Sign in, or ask its administrator for an invite.',
  );

async function write(
  tx: Transaction,
  parts: AccessDependencies,
  signIns: SignIns,
  input: z.output<typeof setupInput> & { readonly passwordHash: string },
  client: Client,
): Promise<string> {
  const now = parts.now();
  const organisationId = parts.newId();
  await tx.insert(schema.organisation).values({
    id: organisationId,
    name: input.organisation,
    kind: 'own',
    timezone: input.timezone,
    weekStart: input.weekStart,
    fiscalStartMonth: input.fiscalStartMonth,
    createdAt: new Date(now),
  });
  const accountId = await addAccount(tx, parts, input);
  const person = await addPerson(tx, parts, { organisationId, name: input.name, accountId });
  await addMember(tx, parts, { organisationId, accountId, personId: person.id, role: 'administrator' });
  await writeTeams(tx, parts, organisationId, person.id, input.teams);
  await tx.insert(schema.period).values(
    defaultQuarters(localDateOf(now, input.timezone), input).map((quarter) => ({
      id: parts.newId(),
      organisationId,
      kind: 'quarter' as const,
      ...quarter,
      createdAt: new Date(now),
    })),
  );
  return signIns.start(tx, accountId, organisationId, client);
}

/** Teams are optional: without names there is one of everybody, led by whoever set up. */
async function writeTeams(
  tx: Transaction,
  parts: AccessDependencies,
  organisationId: string,
  personId: string,
  names: readonly string[],
): Promise<void> {
  const byKey = new Map(names.map((name) => [keyOf(name), name]));
  byKey.delete('');
  const wanted = byKey.size > 0 ? [...byKey] : [['everyone', 'Everyone'] as const];
  const rows = wanted.map(([key, name], index) => ({
    id: parts.newId(),
    organisationId,
    key,
    name,
    colour: hueAfter(index),
    createdAt: new Date(parts.now()),
  }));
  await tx.insert(schema.team).values(rows);
  const [everyone] = rows;
  if (byKey.size > 0 || !everyone) return;
  await tx.insert(schema.teamMember).values({ organisationId, teamId: everyone.id, personId, role: 'lead' });
}
