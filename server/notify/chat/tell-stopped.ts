import { and, eq, isNull } from 'drizzle-orm';
import { member, notice } from '../../store/schema.ts';
import type { NotifyDeps } from '../deps.ts';
import type { ChatRow } from './chat-audience.ts';

/** Says that a chat was given up: to who set it, or to the administrators when that one is gone. */
export async function tellStopped(
  { store, newId, now }: NotifyDeps,
  chat: ChatRow,
  reason: string,
): Promise<void> {
  const { organisationId } = chat;
  const members = await store.db
    .select({ personId: member.personId, role: member.role })
    .from(member)
    .where(and(eq(member.organisationId, organisationId), isNull(member.suspendedAt)));
  const own = members.filter(({ personId }) => personId === chat.createdBy);
  const told = own.length > 0 ? own : members.filter(({ role }) => role === 'administrator');
  if (told.length === 0) return;
  const at = now();
  await store.db
    .insert(notice)
    .values(
      told.map(({ personId }) => ({
        ...{ id: newId(), organisationId, personId, subjectKind: 'chat', subjectId: chat.id },
        ...{ rung: `chat-stopped:${at}`, link: '/settings/chats', at: new Date(at) },
        title: `Nothing arrives in the chat “${chat.name}” any more`,
        body: `${reason} What waits for it is kept: look at the address, then resume it.`,
      })),
    )
    .onConflictDoNothing();
}
