import { z } from 'zod';
import { chatKinds, chatTopics } from '#domain/notify/chat/chat-post.ts';
import { route, type Route } from '../route.ts';
import { done } from '../schemas/basic.ts';
import { addedChat, chatsView, chatView } from '../schemas/chat.ts';

const name = z.string().max(200);
const topics = z.array(z.enum(chatTopics)).max(chatTopics.length);

/** Chats that messages are posted to by webhook. */
export const chatRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/chats',
    summary: 'Chats you look after: an administrator all, a lead those of the own team. No address is shown.',
    needs: 'read',
    answer: chatsView,
    handle: ({ app, viewer }) => app.notify.chats(viewer),
  }),
  route({
    method: 'POST',
    path: '/chats',
    summary: 'Adds a chat by the address of its webhook; the secret of a signed webhook is shown this once.',
    needs: 'write',
    status: 201,
    body: z.strictObject({
      name,
      kind: z.enum(chatKinds),
      teamId: z.uuid().nullable(),
      url: z.string().max(4_000),
      topics,
    }),
    answer: addedChat,
    handle: ({ app, viewer, body }) => app.notify.addChat(viewer, body),
  }),
  route({
    method: 'PATCH',
    path: '/chats/:id',
    summary: 'Names a chat, chooses what it is told of, pauses or resumes it.',
    needs: 'write',
    body: z.strictObject({
      name: name.optional(),
      topics: topics.optional(),
      paused: z.boolean().optional(),
    }),
    answer: chatView,
    handle: ({ app, viewer, id, body: { name: called, topics: chosen, paused } }) =>
      app.notify.changeChat(viewer, id, {
        ...(called !== undefined && { name: called }),
        ...(chosen !== undefined && { topics: chosen }),
        ...(paused !== undefined && { paused }),
      }),
  }),
  route({
    method: 'POST',
    path: '/chats/:id/test',
    summary: 'Posts a test at once; the answer says what became of it.',
    needs: 'write',
    answer: chatView,
    handle: ({ app, viewer, id }) => app.notify.testChat(viewer, id),
  }),
  route({
    method: 'DELETE',
    path: '/chats/:id',
    summary: 'Removes a chat; what waits for it is not said.',
    needs: 'write',
    answer: done,
    handle: ({ app, viewer, id }) => app.notify.removeChat(viewer, id),
  }),
];
