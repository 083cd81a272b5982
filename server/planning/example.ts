import { and, count, eq, inArray, isNull, sql } from 'drizzle-orm';
import { allowed, refused } from '#domain/outcome.ts';
import type { Client, Example, Viewer } from '../app.ts';
import { account, board, commitment, member, organisation, person, signIn } from '../store/schema.ts';
import type { PlanningDeps } from './deps.ts';
import { moments } from './example-facts.ts';
import { findExample, makeExample } from './example-make.ts';
import { addVisitor } from './example-visitor.ts';

export interface ExampleDeps extends PlanningDeps {
  /** Signs a visitor in without a password; returns the cookie's value. */
  startSignIn(accountId: string, organisationId: string, client: Client): Promise<string>;
  /** Tells open sockets to look at the rights of a sign-in again. */
  rightsChanged(change: { readonly signInId: string }): void;
}

const notTheExample = refused('not-the-example', 'This is possible in the example only.');

/** The example organisation (tracking.md T19): one for the server, made when somebody first looks, removed in one act. */
export function createExample(deps: ExampleDeps): Example {
  const { store, documents } = deps;
  let making: ReturnType<typeof makeExample> | null = null;
  const inExample = (viewer: Viewer) => viewer.organisation.kind === 'example' && viewer.scope === 'write';
  return {
    find: () => findExample(store.db),

    async enter(client) {
      const there = await findExample(store.db);
      // Two windows that open it at once make it once.
      making ??= there ? Promise.resolve(allowed(there)) : makeExample(deps);
      const place = await making.finally(() => {
        making = null;
      });
      if (!place.ok) return place;
      const { organisationId, boardId } = place.value;
      const accountId = await addVisitor(deps, organisationId);
      return allowed({ cookie: await deps.startSignIn(accountId, organisationId, client), boardId });
    },

    async remove(viewer) {
      const own =
        viewer.organisation.kind === 'own' && viewer.role === 'administrator' && viewer.scope === 'write';
      if (!inExample(viewer) && !own) {
        return refused(
          'forbidden',
          'Only its visitors and administrators of an organisation can remove the example.',
        );
      }
      const place = await findExample(store.db);
      if (!place) return refused('not-found', 'There is no example on this server.');
      const { organisationId } = place;
      const of = {
        board: eq(board.organisationId, organisationId),
        person: eq(person.organisationId, organisationId),
      };
      const boards = await store.db.select({ id: board.id }).from(board).where(of.board);
      const gone = await store.transaction(async (tx) => {
        const [commitments] = await tx
          .select({ n: count() })
          .from(commitment)
          .where(eq(commitment.organisationId, organisationId));
        const [people] = await tx
          .select({ n: count() })
          .from(person)
          .where(and(of.person, isNull(person.accountId)));
        const visitors = await tx
          .select({ id: member.accountId })
          .from(member)
          .where(eq(member.organisationId, organisationId));
        await tx.delete(organisation).where(eq(organisation.id, organisationId));
        const ids = visitors.map(({ id }) => id);
        // Visitors have no password and nowhere else to go; an account that has is left alone.
        if (ids.length > 0)
          await tx.delete(account).where(and(inArray(account.id, ids), isNull(account.passwordHash)));
        return { boards: boards.length, commitments: commitments?.n ?? 0, people: people?.n ?? 0 };
      });
      for (const { id } of boards) await documents.forget(id);
      return allowed(gone);
    },

    async viewAs(viewer, personId) {
      if (!inExample(viewer) || viewer.signInId === null) return notTheExample;
      if (personId !== null) {
        const [named] = await store.db
          .select({ id: person.id })
          .from(person)
          .where(
            and(
              eq(person.organisationId, viewer.organisationId),
              sql`${person.id}::text = ${personId}`,
              isNull(person.accountId),
              isNull(person.mergedInto),
            ),
          );
        if (!named)
          return refused('unknown-person', 'There is no such person in the example.', { path: 'person' });
      }
      await store.db.update(signIn).set({ viewAs: personId }).where(eq(signIn.id, viewer.signInId));
      deps.rightsChanged({ signInId: viewer.signInId });
      return allowed<true>(true);
    },

    async moveClock(viewer, moment) {
      if (!inExample(viewer)) return notTheExample;
      const place = await findExample(store.db);
      const until = Object.hasOwn(moments, moment) ? moments[moment] : null;
      if (!place || place.organisationId !== viewer.organisationId || until === null) return notTheExample;
      const { organisationId } = place;
      await store.transaction(async (tx) => {
        await tx
          .update(organisation)
          .set({ clockNow: new Date(until) })
          .where(eq(organisation.id, organisationId));
        const zone = viewer.organisation.timezone;
        await deps.tracking.replay(tx, { organisationId, zone, recordedAt: deps.now(), at: until });
      });
      deps.truthChanged(place.boardId);
      return allowed<true>(true);
    },
  };
}
