import { z } from 'zod';
import { chatKinds, chatTopics } from '#domain/notify/chat/chat-post.ts';
import { id, instant } from './basic.ts';

export const chatView = z.object({
  id,
  name: z.string(),
  kind: z.enum(chatKinds),
  teamId: id.nullable(),
  teamName: z.string().nullable(),
  host: z.string(),
  ends: z.string(),
  topics: z.array(z.enum(chatTopics)).readonly(),
  state: z.enum(['on', 'paused', 'stopped']),
  error: z.string().nullable(),
  errorAt: instant.nullable(),
  postedAt: instant.nullable(),
  unsure: z.number().int(),
  waiting: z.number().int(),
});

export const addedChat = chatView.extend({ secret: z.string().nullable() });

export const chatsView = z.object({
  chats: z.array(chatView).readonly(),
  places: z.array(z.object({ teamId: id.nullable(), name: z.string() })).readonly(),
});
