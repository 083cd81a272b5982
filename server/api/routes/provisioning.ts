import { z } from 'zod';
import { allowed } from '#domain/outcome.ts';
import { id, instant, listOf, title } from '../schemas/basic.ts';
import { route, type Route } from '../route.ts';

const scimTokenView = z.object({
  id,
  name: z.string(),
  hint: z.string(),
  by: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
});

/** The directory's tokens and whom it has invited; the directory itself speaks SCIM at /scim/v2. */
export const provisioningRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/provisioning/tokens',
    summary: 'Tokens by which a directory provisions people and teams at /scim/v2.',
    needs: 'administrator',
    answer: listOf(scimTokenView),
    async handle({ app, viewer }) {
      const tokens = await app.provisioning.tokens(viewer);
      return tokens.ok ? allowed({ items: [...tokens.value] }) : tokens;
    },
  }),
  route({
    method: 'POST',
    path: '/provisioning/tokens',
    summary: 'Makes a token for a directory. It is shown once and opens /scim/v2 only.',
    needs: 'administrator',
    body: z.strictObject({ name: title }),
    status: 201,
    answer: z.object({ token: z.string(), view: scimTokenView }),
    handle: ({ app, viewer, body }) => app.provisioning.createToken(viewer, body),
  }),
  route({
    method: 'DELETE',
    path: '/provisioning/tokens/:id',
    summary: 'Revokes a token of a directory.',
    needs: 'administrator',
    answer: z.literal(true),
    handle: ({ app, viewer, id: token }) => app.provisioning.revokeToken(viewer, token),
  }),
  route({
    method: 'GET',
    path: '/provisioning/waiting',
    summary: 'Whom the directory has invited and who has not joined yet.',
    needs: 'administrator',
    answer: listOf(
      z.object({
        personId: id,
        name: z.string(),
        email: z.string(),
        since: instant,
        inviteEndsAt: instant.nullable(),
      }),
    ),
    async handle({ app, viewer }) {
      const waiting = await app.provisioning.waiting(viewer);
      return waiting.ok ? allowed({ items: [...waiting.value] }) : waiting;
    },
  }),
];
