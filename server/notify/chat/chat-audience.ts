import { eq } from 'drizzle-orm';
import { hiddenFromChat } from '#domain/notify/chat/chat-hears.ts';
import { plainWeek } from '#domain/rhythm/business-days.ts';
import type { Hearing } from '#domain/notify/quiet-hours.ts';
import { readNarrowBoards } from '../../store/hidden-boards.ts';
import { session, type chatDestination } from '../../store/schema.ts';
import type { Queries } from '../../store/store.ts';
import type { Seer } from '../../tracking/seen.ts';
import { unseenSubjects } from '../../tracking/unseen-subjects.ts';
import type { WorkingDays } from '../../tracking/working-days.ts';

export type ChatRow = typeof chatDestination.$inferSelect;

/** Nobody: what somebody sees because it concerns them is not for a chat. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** When a chat may be written to: on its team's clock, never at night, at weekends or on the team's holidays. */
export const chatHearing = (days: WorkingDays, teamId: string | null): Hearing => ({
  ...{ byMail: false, zone: days.zoneOf(teamId), quietFrom: '18:00', quietTo: '08:00', digestAt: '09:00' },
  ...{ weeklyCap: 0, perSubjectADay: 0, calendar: days.calendarOf(teamId) ?? plainWeek },
});

/** Through a chat's eyes: what every member of its team may look at. */
export async function chatSeer(
  queries: Queries,
  { organisationId, teamId }: Pick<ChatRow, 'organisationId' | 'teamId'>,
): Promise<Seer & { readonly organisationId: string }> {
  const hiddenBoards = hiddenFromChat(await readNarrowBoards(queries, organisationId), teamId);
  const teams = teamId === null ? [] : [{ teamId, key: '', role: 'member' as const }];
  return { organisationId, personId: nobody, teams, hiddenBoards };
}

/** Which of these a chat is told nothing of. */
export async function unseenByChat(
  queries: Queries,
  seer: Seer & { readonly organisationId: string },
  subjects: readonly { readonly kind: string; readonly id: string }[],
): Promise<ReadonlySet<string>> {
  const unseen = new Set(await unseenSubjects(queries, seer, subjects));
  if (seer.hiddenBoards.length === 0) return unseen;
  for (const { kind, id } of subjects) {
    if (kind !== 'session') continue;
    const [row] = await queries.select({ boardId: session.boardId }).from(session).where(eq(session.id, id));
    if (row === undefined || (row.boardId !== null && seer.hiddenBoards.includes(row.boardId)))
      unseen.add(id);
  }
  return unseen;
}
