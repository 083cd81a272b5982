import { and, eq } from 'drizzle-orm';
import { allowed, refused, type Outcome } from '#domain/outcome.ts';
import type { CheckInLinkState, CheckInLinkView, CheckInSheet } from '#protocol/views/notify.ts';
import type { CheckInView, CommitmentDetail } from '#protocol/views/tracking.ts';
import type { CheckInInput } from '../app-tracking.ts';
import type { Viewer } from '../app.ts';
import { thresholdsIn } from '../store/read-thresholds.ts';
import { commitment, member, organisation, person } from '../store/schema.ts';
import { findLink, markUsed, revokeLinks, type CheckInLinkRow } from './check-in-links.ts';
import type { NotifyDeps } from './deps.ts';

const noSuchLink = refused('not-found', 'This check-in link opens nothing. Sign in to check in.');

/** A link with everything behind it. */
export interface Opened {
  readonly link: CheckInLinkRow;
  readonly viewer: Viewer | null;
  readonly detail: CommitmentDetail | null;
  readonly view: CheckInLinkView;
}

/** What a link shows now. Reads only: a mail scanner that follows it changes nothing. */
export async function readLink(deps: NotifyDeps, token: string): Promise<Outcome<CheckInLinkView>> {
  const opened = await open(deps, token);
  return opened === null ? noSuchLink : allowed(opened.view);
}

/** Checks in as the link's person, on the link's slot and no other. */
export async function checkInByLink(
  deps: NotifyDeps,
  token: string,
  input: CheckInInput,
): Promise<Outcome<CheckInLinkView>> {
  const opened = await open(deps, token);
  if (opened === null) return noSuchLink;
  const { link, viewer, view } = opened;
  if (view.state !== 'open' || viewer === null) return refused('link-over', overWords[view.state]);
  const said = await deps.tracking.checkIn(viewer, link.commitmentId, input);
  if (!said.ok) return said;
  await markUsed(deps.store.db, link.id, new Date(viewer.organisation.now));
  return readLink(deps, token);
}

/** Takes back what was said by link, for as long as every check-in can be. */
export async function undoByLink(deps: NotifyDeps, token: string): Promise<Outcome<CheckInLinkView>> {
  const opened = await open(deps, token);
  if (opened === null) return noSuchLink;
  const { link, viewer, view, detail } = opened;
  const said = detail === null ? null : answerOf(detail, link);
  if (view.state !== 'filled' || view.undoUntil === null || viewer === null || said === null) {
    return refused('too-late', 'It can no longer be taken back here. Sign in and check in again instead.');
  }
  const undone = await deps.tracking.act(viewer, link.commitmentId, 'undo-check-in', { id: said.id });
  if (!undone.ok) return undone;
  await markUsed(deps.store.db, link.id, null);
  return readLink(deps, token);
}

/** *Not me*: ends this person's links to the slot. */
export async function revokeLink(deps: NotifyDeps, token: string): Promise<Outcome<CheckInLinkView>> {
  const link = await findLink(deps.store.db, token);
  if (link === null) return noSuchLink;
  await revokeLinks(deps.store.db, link, new Date(deps.now()));
  return readLink(deps, token);
}

/** Why a link takes no check-in any more, and what to do. */
export const overWords: Readonly<Record<CheckInLinkView['state'], string>> = {
  open: '',
  filled: 'This check-in is given already. Sign in to say more.',
  expired: 'The time for this check-in is over. Sign in to say how it stands.',
  revoked: 'This link was ended. Sign in to check in.',
  'not-yours': 'This promise is no longer yours to check in on.',
  ended: 'This promise has ended: nothing is asked any more.',
  'earlier-open': 'An earlier check-in of this promise still waits: its own mail opens it, or sign in.',
};

async function open(deps: NotifyDeps, token: string): Promise<Opened | null> {
  const link = await findLink(deps.store.db, token);
  return link === null ? null : openLink(deps, link);
}

/** What a link opens now, whichever of its secrets was shown. */
export async function openLink(deps: NotifyDeps, link: CheckInLinkRow): Promise<Opened | null> {
  const { db } = deps.store;
  const [of] = await db
    .select({
      ...{ person: person.name, memberId: member.id, statement: commitment.statement },
      ...{ organisation: organisation.name, timezone: organisation.timezone },
      settings: organisation.settings,
    })
    .from(person)
    .innerJoin(organisation, eq(organisation.id, person.organisationId))
    .innerJoin(commitment, eq(commitment.id, link.commitmentId))
    .leftJoin(member, eq(member.personId, person.id))
    .where(and(eq(person.id, link.personId), eq(person.organisationId, link.organisationId)));
  if (of === undefined) return null;
  const { memberId, settings, ...facts } = of;
  const { undoCheckInWithinMinutes } = thresholdsIn(settings).tracking;
  const about = { ...facts, now: deps.now(), commitmentId: link.commitmentId };
  const viewer = memberId === null ? null : await deps.viewerOf(memberId);
  if (link.revokedAt !== null) return { link, viewer, detail: null, view: { ...about, state: 'revoked' } };
  if (viewer === null) return { link, viewer, detail: null, view: { ...about, state: 'not-yours' } };
  const read = await deps.tracking.commitment(viewer, link.commitmentId);
  if (!read.ok) return null;
  return {
    link,
    viewer,
    detail: read.value,
    view: { ...about, ...stateOf(read.value, link, about.now, undoCheckInWithinMinutes) },
  };
}

function stateOf(
  detail: CommitmentDetail,
  link: CheckInLinkRow,
  now: number,
  undoMinutes: number,
): CheckInLinkState {
  const slot = detail.slots.find((it) => it.id === link.slotId);
  const said = answerOf(detail, link);
  if (said !== null) {
    const until = said.at + undoMinutes * 60_000;
    const undoUntil = link.usedAt !== null && said.via === 'mail' && now <= until ? until : null;
    return { state: 'filled', at: said.at, byName: said.byName, undoUntil };
  }
  if (now >= link.expiresAt.getTime()) return { state: 'expired' };
  if (slot === undefined || detail.status !== 'committed') return { state: 'ended' };
  if (!detail.moves.includes('check-in')) return { state: 'not-yours' };
  if (detail.slot === null) return { state: 'ended' };
  if (detail.slot.id !== slot.id) return { state: 'earlier-open' };
  return { state: 'open', slot, sheet: sheetOf(detail), serves: servesOf(detail) };
}

/** The answer that stands in the link's slot. */
function answerOf(detail: CommitmentDetail, link: CheckInLinkRow): CheckInView | null {
  const number = detail.slots.find((it) => it.id === link.slotId)?.number;
  if (number === undefined) return null;
  return detail.checkIns.filter((it) => it.slotNumber === number).sort((a, b) => b.at - a.at)[0] ?? null;
}

/** What the form shows, and nothing else of the promise: who holds the link has not signed in. */
function sheetOf({ id, version, statement, due, now, values, checkIns }: CommitmentDetail): CheckInSheet {
  const recent = [...checkIns].sort((a, b) => a.at - b.at).slice(-8);
  return { id, version, statement, due, now, values, checkIns: recent };
}

function servesOf({ serves }: CommitmentDetail): { objectives: number; teams: number } {
  return {
    objectives: new Set(serves.map((it) => it.requesterKey ?? it.id)).size,
    teams: new Set(serves.map((it) => it.requesterTeamId)).size,
  };
}
