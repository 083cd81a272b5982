import { allowed, refused, type Fault } from '../outcome.ts';
import { fillAt, slotToFill, slotToRevise } from '../rhythm/slot.ts';
import { isLocalDate } from '../rhythm/local-time.ts';
import type { Asked, CommitmentOutcome } from './asked.ts';
import { blockerKinds, standingCheckIns, type CheckInSnapshot, type Report } from './check-in.ts';
import { isConfidence } from './check-terms.ts';
import { openBases, termsNow, type Commitment } from './commitment.ts';
import type { CommitmentCommand } from './command.ts';
import type { CommitmentEventData } from './event.ts';
import { refuseAll } from './refusal.ts';

type CheckInCommand = Extract<CommitmentCommand, { type: 'check-in' }>;
type Placement = Pick<CommitmentEventData['checked-in'], 'slot' | 'kind' | 'revises' | 'filled'>;

/** Check-ins and taking one back; null for commands of another kind. */
export function decideCheckIn(it: Commitment, asked: Asked): CommitmentOutcome | null {
  const { command, actor, at, context } = asked;
  if (command.type === 'undo-check-in') {
    const found = it.checkIns.find(({ id }) => id === command.id);
    if (found === undefined || found.undone) return refused('invalid', 'There is no such check-in.');
    if (!standingCheckIns(it.checkIns).some(({ id }) => id === found.id) && found.kind === 'answer') {
      return refused('invalid', 'It was revised since: take the revision back first.');
    }
    const minutes = context.settings.undoCheckInWithinMinutes;
    if (at > found.at + minutes * 60_000) {
      return refused(
        'too-late',
        `A check-in can be taken back for ${minutes} minutes: check in again instead.`,
      );
    }
    // A first answer frees its slot again; taking back a revision leaves the slot with what stood before.
    const slot = found.revises === null ? found.slot : null;
    return allowed([{ type: 'check-in-undone', data: { id: found.id, slot }, at, actor }]);
  }
  if (command.type !== 'check-in') return null;
  const imported = context.importing && actor.via === 'import';
  const stopped = refuseAll('invalid', checkReport(it, command, imported));
  if (stopped !== null) return stopped;
  const [basis] = openBases(it);
  if (!imported && command.status === 'on' && basis !== undefined) {
    const message = `It rests on “${basis.statement}”, which failed: continue with a reason, change the promise or drop it before it is on track again.`;
    return refused('basis-broken', message, { path: 'status' });
  }
  const { type: _, slot: _slot, revises: _revises, reading: _reading, byName, ...report } = command;
  const placement = imported ? placeImported(it, command) : place(it, asked, command);
  const snapshot = imported ? {} : { snapshot: snapshotOf(it, asked) };
  const data = { ...report, ...placement, byName: byName ?? null, ...snapshot };
  return allowed([{ type: 'checked-in', data, at, actor }]);
}

const arrived = ['delivered', 'confirmed'];

function snapshotOf(it: Commitment, { context }: Asked): CheckInSnapshot {
  const targets = termsNow(it).measures.map(({ key, target }) => [key, target] as const);
  const open = context.needs.filter(({ status }) => !arrived.includes(status));
  return {
    version: it.versions.length,
    targets: Object.fromEntries(targets),
    needs: open.map(({ key, status }) => ({ key, status })),
  };
}

/**
 * Where a submission counts: the earliest slot that waits; a revision when its slot is answered already; a note when
 * no window holds it. Without any slot (no cadence chosen) it counts by itself.
 */
function place(it: Commitment, { at, context }: Asked, command: CheckInCommand): Placement {
  const standing = standingCheckIns(it.checkIns);
  if (command.revises !== undefined && command.revises !== null) {
    const old = standing.find(({ id }) => id === command.revises);
    if (old !== undefined) return { slot: old.slot, kind: 'answer', revises: old.id, filled: null };
  }
  const { slots } = context;
  const empty = { revises: null, filled: null };
  if (slots.length === 0) return { ...empty, slot: null, kind: 'answer' };
  const waiting = slotToFill(slots, at);
  if (waiting !== null) {
    return { slot: waiting.id, kind: 'answer', revises: null, filled: fillAt(waiting, at) };
  }
  const answered = slotToRevise(slots, at);
  if (answered === null) return { ...empty, slot: null, kind: 'note' };
  const before = standing.findLast(({ slot }) => slot === answered.id);
  return { slot: answered.id, kind: 'answer', revises: before?.id ?? null, filled: null };
}

/** Imported history names its slot by the source's period; the latest text is the check-in, earlier ones revisions. */
function placeImported(it: Commitment, command: CheckInCommand): Placement {
  const slot = command.slot ?? null;
  if (command.reading === true) return { slot: null, kind: 'reading', revises: null, filled: null };
  const before = standingCheckIns(it.checkIns).findLast((checkIn) => slot !== null && checkIn.slot === slot);
  const revises = before?.id ?? null;
  return { slot, kind: 'answer', revises, filled: revises === null && slot !== null ? 'imported' : null };
}

function checkReport(it: Commitment, report: Report, imported: boolean): readonly Fault[] {
  const faults: Fault[] = [];
  if (!imported || report.status !== null) {
    if (report.status === null || !['on', 'risk', 'off'].includes(report.status)) {
      faults.push({ path: 'status', message: 'Say whether it is on track, at risk or off.' });
    }
  }
  if (!(imported && report.confidence === null) && !isConfidence(report.confidence)) {
    faults.push({ path: 'confidence', message: 'Confidence is a whole number from 0 to 100.' });
  }
  const keys = new Set(termsNow(it).measures.map(({ key }) => key));
  for (const [key, value] of Object.entries(report.values)) {
    if (!keys.has(key)) faults.push({ path: `values.${key}`, message: `There is no measure "${key}".` });
    if (!Number.isFinite(value)) faults.push({ path: `values.${key}`, message: 'A value is a number.' });
  }
  const { blocker } = report;
  if (blocker !== null && !blockerKinds.includes(blocker.kind)) {
    faults.push({ path: 'blocker.kind', message: `A blocker is one of: ${blockerKinds.join(', ')}.` });
  }
  if (blocker !== null && blocker.by !== null && !isLocalDate(blocker.by)) {
    faults.push({ path: 'blocker.by', message: 'Give a day, like 2026-09-30.' });
  }
  return faults;
}
