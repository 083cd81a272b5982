import { z } from 'zod';
import { allowed } from '#domain/outcome.ts';
import { id, instant, listOf, title } from '../schemas/basic.ts';
import { apiTokenView, inviteView, organisationRole, organisationView } from '../schemas/organisation.ts';
import { route, type Route } from '../route.ts';

/** Who am I, tokens, invites and socket tickets. */
export const accessRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/me',
    summary: 'Who is calling: person, role, teams and organisation.',
    needs: 'read',
    answer: z.object({
      personId: id,
      personKey: z.string(),
      memberId: id,
      name: z.string(),
      role: organisationRole,
      scope: z.enum(['read', 'write']),
      viewingAs: z.boolean(),
      teams: z.array(z.object({ teamId: id, key: z.string(), role: z.enum(['lead', 'member']) })).readonly(),
      organisation: organisationView,
    }),
    handle({ viewer }) {
      const { personId, personKey, memberId, name, role, scope, viewingAs, teams, organisation } = viewer;
      return Promise.resolve(
        allowed({ personId, personKey, memberId, name, role, scope, viewingAs, teams, organisation }),
      );
    },
  }),
  route({
    method: 'GET',
    path: '/tokens',
    summary: 'Your own API tokens; the tokens themselves are never shown again.',
    needs: 'read',
    answer: listOf(apiTokenView),
    handle: async ({ app, viewer }) => allowed({ items: [...(await app.auth.tokens(viewer))] }),
  }),
  route({
    method: 'POST',
    path: '/tokens',
    summary: 'Makes an API token that acts for you. It is shown once.',
    needs: 'read',
    body: z.strictObject({
      name: title,
      scope: z.enum(['read', 'write']),
      days: z.number().int().min(1).max(366),
    }),
    status: 201,
    answer: z.object({ token: z.string(), view: apiTokenView }),
    handle: ({ app, viewer, body }) => app.auth.createToken(viewer, body),
  }),
  route({
    method: 'DELETE',
    path: '/tokens/:id',
    summary: 'Revokes one of your tokens.',
    needs: 'read',
    answer: z.literal(true),
    handle: ({ app, viewer, id: token }) => app.auth.revokeToken(viewer, token),
  }),
  route({
    method: 'GET',
    path: '/invites',
    summary: 'Invites, used and unused.',
    needs: 'write',
    answer: listOf(inviteView),
    handle: async ({ app, viewer }) => allowed({ items: [...(await app.auth.invites(viewer))] }),
  }),
  route({
    method: 'POST',
    path: '/invites',
    summary: 'Makes an invite link; its token is shown once and opens /invite/<token>.',
    needs: 'write',
    body: z.strictObject({
      role: organisationRole,
      email: z.email().max(320).nullable().optional(),
      boardId: id.nullable().optional(),
      teamId: id.nullable().optional(),
      personId: id.nullable().optional(),
      maxUses: z.number().int().min(1).max(1_000).optional(),
      days: z.number().int().min(1).max(90).optional(),
    }),
    status: 201,
    answer: z.object({ invite: inviteView, token: z.string() }),
    handle: ({ app, viewer, body }) => app.auth.createInvite(viewer, body),
  }),
  route({
    method: 'DELETE',
    path: '/invites/:id',
    summary: 'Revokes an invite.',
    needs: 'write',
    answer: z.literal(true),
    handle: ({ app, viewer, id: invite }) => app.auth.revokeInvite(viewer, invite),
  }),
  route({
    method: 'POST',
    path: '/boards/:id/tickets',
    summary: 'A one-use ticket, good for 60 s, for a stock y-websocket client: `/sync/<board>?ticket=...`.',
    needs: 'read',
    status: 201,
    answer: z.object({ ticket: z.string(), expiresAt: instant }),
    handle: ({ app, viewer, id: board }) => app.auth.createTicket(viewer, board),
  }),
];
