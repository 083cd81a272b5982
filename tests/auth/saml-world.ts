import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Viewer } from '../../server/app.ts';
import { createSaml } from '../../server/auth/provider/saml.ts';
import { takeAssertion } from '../../server/auth/provider/used-assertions.ts';
import { usedAssertion } from '../../server/store/schema.ts';
import { openTestStore } from '../support/embedded.ts';
import { startSaml, type Lie, type SamlPerson, type SamlProvider } from '../support/saml-provider.ts';
import { browser, given, makeWorld, setUpAcme, type World } from './world.ts';

export const request = new IncomingMessage(new Socket());
export const person: SamlPerson = { id: 'p-1', email: 'ana@corp.example', name: 'Ana Lima' };
export type Purpose = Parameters<World['auth']['beginAtProvider']>[2];
export const signingIn: Purpose = { for: 'sign-in', next: '/commitments' };

/** What a browser brings back. */
export interface Came {
  readonly cookie: string | undefined;
  readonly answer: string;
}

/** Acme with Ana and a SAML provider, on two nodes of one database. */
export interface SamlWorld {
  readonly idp: SamlProvider;
  readonly world: World;
  readonly node: World;
  readonly reported: unknown[];
  ana: Viewer;
  fresh(): Promise<void>;
  /** Begins, goes to the provider, and answers what the browser brings back. */
  come(purpose?: Purpose, who?: SamlPerson | null, lie?: Lie): Promise<Came & { readonly address: string }>;
  finish(came: Came, viewer?: Viewer | null, at?: World): ReturnType<World['auth']['finishAtProvider']>;
  link(viewer?: Viewer, who?: SamlPerson): ReturnType<World['auth']['finishAtProvider']>;
  close(): Promise<void>;
}

export async function openSamlWorld(): Promise<SamlWorld> {
  const idp = await startSaml();
  const test = await openTestStore();
  const reported: unknown[] = [];
  const saml = () =>
    createSaml(idp.settings, {
      report: (error) => reported.push(error),
      take: (it) => takeAssertion(test.store.db, it),
    });
  const [world, node] = [await makeWorld(test, saml()), await makeWorld(test, saml())];
  const opened: SamlWorld = {
    ...{ idp, world, node, reported, ana: null as unknown as Viewer },
    async fresh() {
      await world.reset();
      await test.store.db.delete(usedAssertion);
      // Assertions carry times, and the parser of them has the clock of the machine.
      world.clock.now = node.clock.now = Date.now();
      Object.assign(idp, { who: person, lie: {} });
      reported.length = 0;
      opened.ana = (await setUpAcme(world)).viewer;
    },
    async come(purpose = signingIn, who = person, lie = {}) {
      const begun = given(await world.auth.beginAtProvider(request, 'saml', purpose));
      Object.assign(idp, { who, lie });
      return { address: begun.address, cookie: begun.cookie, answer: idp.answerTo(begun.address) };
    },
    finish: (came, viewer = null, at = world) =>
      at.auth.finishAtProvider(request, 'saml', {
        ...{ cookie: came.cookie, answer: came.answer, viewer, client: browser() },
      }),
    link: async (viewer = opened.ana, who = person) =>
      opened.finish(await opened.come({ for: 'link', accountId: viewer.accountId }, who), viewer),
    async close() {
      await test.dispose();
      await idp.close();
    },
  };
  return opened;
}
